using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>What the platform team decides for everybody: the content of <c>platform.yaml</c>, defaults filled in.</summary>
/// <remarks>
/// A file is a merge patch (RFC 7386) over the values that stand here: objects are merged key by key, lists are
/// replaced, and <c>null</c> takes a default away. Only <c>github.owner</c> and <c>ingress.domain</c> have no default.
/// </remarks>
public sealed record PlatformSettings
{
    /// <summary>Where repositories are made, and as whom.</summary>
    [JsonPropertyName("github")]
    public GitHubSettings GitHub { get; init; } = new();

    /// <summary>Where the templates of new repositories are.</summary>
    public GoldenPathSettings GoldenPaths { get; init; } = new();

    /// <summary>
    /// The registry and folder that images go to, such as <c>ghcr.io/acme</c>; <c>ghcr.io/</c> and the owner if not set.
    /// </summary>
    public string Registry { get; init; } = "";

    /// <summary>The credentials by which clusters pull images; null where images are public or the nodes have their own.</summary>
    public ImagePullSecretSettings? ImagePullSecret { get; init; }

    /// <summary>How applications are reached from outside.</summary>
    public IngressSettings Ingress { get; init; } = new();

    /// <summary>Who may reach the pods of an isolated environment from outside of its namespace.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>The Argo CD that deploys.</summary>
    [JsonPropertyName("argocd")]
    public ArgoCdSettings ArgoCd { get; init; } = new();

    /// <summary>Where the External Secrets Operator finds values.</summary>
    public SecretSettings Secrets { get; init; } = new();

    /// <summary>Who provides databases, and what a database is when its owner does not say.</summary>
    public DatabaseSettings Database { get; init; } = new();

    /// <summary>The environments of an application that names none.</summary>
    public IReadOnlyList<EnvironmentSettings> Environments { get; init; } =
    [
        new() { Name = "staging", Stage = Stage.Staging },
        new() { Name = "production", Stage = Stage.Production },
    ];

    /// <summary>What each stage gets when neither the application nor the environment says otherwise.</summary>
    public StagesSettings Stages { get; init; } = new();

    /// <summary>
    /// What is granted to whom, first match wins. Without any entry every namespace has the defaults of
    /// <see cref="TeamSettings"/>; with entries, a namespace that matches none is granted nothing.
    /// </summary>
    public IReadOnlyList<TeamSettings> Teams { get; init; } = [];

    /// <summary>The image of an application that names none: the registry, then the name of the repository.</summary>
    /// <param name="repository">The name of the repository, without its owner.</param>
    public string ImageFor(string repository) => $"{Registry}/{repository}".ToLowerInvariant();

    /// <summary>The host of an environment that names none, by <see cref="IngressSettings.Host"/>.</summary>
    public string HostFor(Place place) => place.Fill(Ingress.Host.Replace("{domain}", Ingress.Domain, StringComparison.Ordinal));
}

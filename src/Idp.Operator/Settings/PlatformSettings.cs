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

    /// <summary>How Prometheus finds the applications, which new repositories are written for.</summary>
    public MonitoringMode Monitoring { get; init; } = MonitoringMode.Annotations;

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
    public string HostFor(EnvironmentIdentity environment) => environment.Fill(Ingress.Host.Replace("{domain}", Ingress.Domain, StringComparison.Ordinal));
}

/// <summary>Where in the secret store the credentials are by which clusters pull images.</summary>
/// <remarks>https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/</remarks>
public sealed record ImagePullSecretSettings
{
    /// <summary>
    /// The key, from <c>{application}</c>, <c>{environment}</c>, <c>{namespace}</c> and <c>{team}</c>; its value is a Docker
    /// configuration (<c>.dockerconfigjson</c>).
    /// </summary>
    public required string RemoteKey { get; init; }

    /// <summary>The property of that key which holds it; the whole value if not set.</summary>
    public string? Property { get; init; }
}

/// <summary>How applications are reached from outside.</summary>
public sealed record IngressSettings
{
    /// <summary>The domain that hosts are made under, such as <c>apps.acme.dev</c>. Required.</summary>
    public string Domain { get; init; } = "";

    /// <summary>
    /// The host of an environment, from <c>{application}</c>, <c>{environment}</c>, <c>{namespace}</c>, <c>{team}</c> and
    /// <c>{domain}</c>.
    /// </summary>
    /// <remarks>
    /// By default it is made from the namespace, because two environments cannot own one namespace: nobody can take
    /// another application's host by choosing a name well.
    /// </remarks>
    public string Host { get; init; } = "{namespace}.{domain}";

    /// <summary>The ingress class; the cluster's default if empty.</summary>
    public string ClassName { get; init; } = "";

    /// <summary>The cert-manager ClusterIssuer of the certificates; empty for no TLS section in the Ingress.</summary>
    public string CertificateIssuer { get; init; } = "";

    /// <summary>The scheme of the addresses that are shown to people: <c>https</c> or <c>http</c>.</summary>
    public string Scheme { get; init; } = "https";
}

/// <summary>Who may reach the pods of an isolated environment from outside of its namespace.</summary>
public sealed record NetworkSettings
{
    /// <summary>
    /// Namespaces whose pods may: of the ingress controller, of the operator of the databases, of the monitoring. One that does not
    /// exist lets nobody in.
    /// </summary>
    public IReadOnlyList<string> AllowedNamespaces { get; init; } = ["ingress-nginx", "cnpg-system", "monitoring"];
}

/// <summary>How Prometheus finds what it scrapes.</summary>
[JsonConverter(typeof(StrictEnumConverter<MonitoringMode>))]
public enum MonitoringMode
{
    /// <summary>By the annotations <c>prometheus.io/scrape</c>, <c>path</c> and <c>port</c> of the pods.</summary>
    Annotations,

    /// <summary>By ServiceMonitors, which the Prometheus Operator reads.</summary>
    ServiceMonitor,

    /// <summary>Not by what a repository says.</summary>
    None,
}

/// <summary>One of the environments of an application that names none.</summary>
public sealed record EnvironmentSettings
{
    /// <summary>The name: the last part of the namespace.</summary>
    public required string Name { get; init; }

    /// <summary>The stage, which decides the guardrails.</summary>
    public required Stage Stage { get; init; }
}

/// <summary>How <c>platform.yaml</c> is read, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PlatformSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;

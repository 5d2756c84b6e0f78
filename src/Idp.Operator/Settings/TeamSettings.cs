using System.Text.Json.Serialization;

namespace Idp.Operator.Settings;

/// <summary>What is granted to the BackendApps of the namespaces that match.</summary>
/// <remarks><see cref="Grants"/> gives the answers; patterns know <c>*</c> (any text) and <c>{namespace}</c>.</remarks>
public sealed record TeamSettings
{
    /// <summary>The namespaces that this entry speaks of: a name, or a pattern such as <c>team-*</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>Owners that repositories may be made for; <c>github.owner</c> if not set.</summary>
    public IReadOnlyList<string>? GithubOwners { get; init; }

    /// <summary>
    /// Repositories that may be taken in (<c>spec.repository.adoption: IfUnowned</c>), by name or as <c>OWNER/NAME</c>; none if not set.
    /// </summary>
    public IReadOnlyList<string>? Adopt { get; init; }

    /// <summary>Keys of the secret store that may be read; <c>{namespace}/*</c> if not set.</summary>
    public IReadOnlyList<string>? SecretKeys { get; init; }

    /// <summary>Hosts that may be asked for, beside the one that the rule <c>ingress.host</c> makes; none if not set.</summary>
    public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>Namespaces that environments may have, system namespaces aside; <c>*</c> if not set.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>Names that <c>spec.team</c> may have; <c>{namespace}</c> if not set.</summary>
    public IReadOnlyList<string>? ActsAs { get; init; }

    /// <summary>Repositories that may be deployed beside the application's own, as <c>https://HOST/PATH</c>; none if not set.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>The Argo CD project; the rule <c>argocd.project</c> if not set.</summary>
    [JsonPropertyName("argocdProject")]
    public string? ArgoCdProject { get; init; }
}

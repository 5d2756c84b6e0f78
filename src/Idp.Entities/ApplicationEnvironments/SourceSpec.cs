using System.Text.Json.Serialization;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>Where the deployment manifests lie.</summary>
public sealed record SourceSpec
{
    /// <summary>The Git repository, over HTTPS and without credentials.</summary>
    [JsonPropertyName("repoURL")]
    [Pattern("^" + Patterns.RepositoryUrl + "$")]
    [Length(1, 512)]
    [Required]
    public string RepoUrl { get => field ?? ""; init; }

    /// <summary>The folder with the kustomization.</summary>
    [Pattern("^" + Patterns.RepositoryPath + "$")]
    [Length(1, 256)]
    [Required]
    public string Path { get => field ?? ""; init; }

    /// <summary>The branch, tag or commit; default: the repository's default branch.</summary>
    [Pattern("^" + Patterns.Revision + "$")]
    [Length(1, 255)]
    public string? TargetRevision { get; init; }
}

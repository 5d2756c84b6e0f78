namespace Idp.Operator.Settings;

/// <summary>Where the templates of new repositories are.</summary>
public sealed record GoldenPathSettings
{
    /// <summary>
    /// Folders that hold one folder per golden path. A relative one is looked up beside the operator's executable, where
    /// the golden paths that come with it are.
    /// </summary>
    public IReadOnlyList<string> Directories { get; init; } = ["golden-paths"];

    /// <summary>More sources of golden paths, beside <see cref="Directories"/>: folders, and Git repositories.</summary>
    public IReadOnlyList<GoldenPathSourceSettings> Sources { get; init; } = [];

    /// <summary>The folder that keeps what was fetched, so that a restart needs no server; a temporary one if empty.</summary>
    public string CacheDirectory { get; init; } = "";

    /// <summary>The golden path of an application that names none.</summary>
    public string Default { get; init; } = "python-fastapi";

    /// <summary>How newer versions reach the repositories that there are.</summary>
    public RolloutSettings Rollout { get; init; } = new();

    /// <summary>All folders.</summary>
    internal IReadOnlyList<string> Folders() => [.. Directories, .. Sources.Select(source => source.Folder).OfType<string>()];

    /// <summary>All Git repositories.</summary>
    internal IReadOnlyList<GoldenPathGitSettings> Repositories() => [.. Sources.Select(source => source.Git).OfType<GoldenPathGitSettings>()];
}

/// <summary>One source of golden paths: a folder or a Git repository.</summary>
public sealed record GoldenPathSourceSettings
{
    /// <summary>A folder that holds one folder per golden path; a relative one lies beside the operator's executable.</summary>
    public string? Folder { get; init; }

    /// <summary>A Git repository.</summary>
    public GoldenPathGitSettings? Git { get; init; }
}

/// <summary>A Git repository that golden paths are fetched from.</summary>
public sealed record GoldenPathGitSettings
{
    /// <summary>Its address: https, without credentials.</summary>
    public required string Url { get; init; }

    /// <summary>The branch, tag or commit that is taken; without it and without <see cref="Semver"/> the default branch.</summary>
    public string? Ref { get; init; }

    /// <summary>
    /// The range of versions whose tags are taken, each as one version: <c>v1.2.0</c>, or <c>NAME/v1.2.0</c> where there are many golden paths.
    /// </summary>
    public string? Semver { get; init; }

    /// <summary>The folder of the repository that holds the golden paths, or is one; its root if empty.</summary>
    public string Path { get => field ?? ""; init; }

    /// <summary>How often the server is asked, as a Go duration.</summary>
    public string Every { get => field ?? "5m"; init; }

    /// <summary>The file with the token that is shown; none is shown without it.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Whether the operator's own credential at GitHub is shown; for a repository there.</summary>
    public bool GitHubCredential { get; init; }

    /// <summary>What tells the source from others.</summary>
    internal string Id => $"{Url}@{Semver ?? Ref ?? "HEAD"}{(Path.Length == 0 ? "" : $":{Path}")}";

    /// <summary><see cref="Every"/> as a time span.</summary>
    internal TimeSpan Period() => GoDuration.Parse(Every);
}

using Idp.Entities;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Yaml;

namespace Idp.Operator.Settings;

/// <summary>What must be true of the sources of golden paths beyond their types.</summary>
internal sealed class GoldenPathSettingsRules(SettingsChecks checks, PlatformSettings settings)
{
    private const int MostRepositories = 8;

    public void Check()
    {
        var paths = settings.GoldenPaths;
        checks.Fits("goldenPaths.default", paths.Default, Patterns.DnsLabel, "the name of a golden path");
        checks.Require("goldenPaths.directories", paths.Directories.Count + paths.Sources.Count > 0, "must name a folder, or goldenPaths.sources a source");
        checks.Require("goldenPaths.sources", paths.Repositories().Count <= MostRepositories, $"are at most {MostRepositories} repositories");
        new RolloutRules(checks, paths.Rollout).Check();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, source) in paths.Sources.Index())
        {
            var at = YamlPath.Item("goldenPaths.sources", index);
            checks.Require(at, source.Folder is null != source.Git is null, "must have either git or folder");
            checks.Require($"{at}.folder", source.Folder is null or { Length: > 0 }, "must name a folder");
            if (source.Git is { } git)
            {
                Repository($"{at}.git", git);
                checks.Require(at, known.Add(git.Id), "is there twice");
            }
        }
    }

    private void Repository(string at, GoldenPathGitSettings git)
    {
        var isAddress = Uri.TryCreate(git.Url, UriKind.Absolute, out var url);
        checks.IsWeb($"{at}.url", isAddress ? url : null);
        var showsToken = git.TokenFile is not null || git.GitHubCredential;
        checks.Require($"{at}.url", !isAddress || !showsToken || url!.Scheme == "https" || url.IsLoopback, "must be https where a token is shown");
        checks.Require($"{at}.ref", git.Ref is null || git.Semver is null, "is not used beside semver: take one of the two out");
        checks.Fits($"{at}.ref", git.Ref ?? "", Patterns.Revision, "a branch, tag or commit", optional: git.Ref is null);
        var isRange = git.Semver is null or { Length: > 0 } && VersionRange.Of(git.Semver).IsReadable;
        checks.Require($"{at}.semver", isRange, "must be a range of versions such as \">=1 <3\"");
        checks.Fits($"{at}.path", git.Path, Patterns.RepositoryPath, "a folder of the repository such as templates/golden-paths", optional: true);
        checks.Require(
            $"{at}.every",
            GoDuration.IsValid(git.Every) && git.Period() >= TimeSpan.FromMinutes(1) && git.Period() <= TimeSpan.FromDays(1),
            "must be a Go duration between 1m and 24h, such as 5m or 1h");
        checks.Require($"{at}.tokenFile", git.TokenFile is null or { Length: > 0 }, "must name a file");
        checks.Require($"{at}.tokenFile", git.TokenFile is null || !git.GitHubCredential, "is not used beside gitHubCredential: take one of the two out");

        // Else whoever may name an address here could have the token sent there.
        checks.Require(
            $"{at}.gitHubCredential",
            !git.GitHubCredential || (isAddress && url!.Authority == settings.GitHub.WebUrl?.Authority),
            "is for repositories at github.webUrl alone: use tokenFile for other servers");
    }
}

using System.Text.RegularExpressions;
using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Settings;

namespace Idp.Operator.GoldenPaths.Sources;

/// <summary>Which states of a repository are taken. Pure.</summary>
internal static partial class GitSourceTags
{
    private const string Tags = "refs/tags/";
    private const string Heads = "refs/heads/";
    private const int MostOfOne = 20;
    private const int Most = 100;

    /// <summary>The branch, tag or commit; or the newest tags of the range, of each golden path on its own.</summary>
    public static IReadOnlyList<GitRevision> Choose(GoldenPathGitSettings source, IReadOnlyList<GitReference> references)
    {
        if (source.Semver is { } text)
        {
            var range = VersionRange.Of(text);
            return [.. references
                .Where(reference => reference.Name.StartsWith(Tags, StringComparison.Ordinal))
                .Select(reference => (Reference: reference, Tag: Parse(reference.Name[Tags.Length..])))
                .Where(found => found.Tag is var (_, version) && range.Admits(version))
                .GroupBy(found => found.Tag!.Value.Name, StringComparer.Ordinal)
                .SelectMany(group => group.OrderByDescending(found => found.Tag!.Value.Version, SemanticVersion.Precedence).Take(MostOfOne))
                .Take(Most)
                .Select(found => new GitRevision(found.Reference.Name[Tags.Length..], found.Reference.Name, found.Reference.Sha))];
        }

        var name = source.Ref ?? "HEAD";
        string[] names = source.Ref is null ? ["HEAD"] : [Heads + name, Tags + name];
        var known = names.SelectMany(wanted => references.Where(reference => reference.Name == wanted)).ToList();
        return known.Count > 0 ? [new GitRevision(name, known[0].Name, known[0].Sha)]
            : Commit().IsMatch(name) ? [new GitRevision(name, name, name)]
            : [];
    }

    /// <summary>The golden path (empty for that of the repository itself) and the version that a tag names; null where it names none.</summary>
    public static (string Name, string Version)? Parse(string tag)
    {
        var slash = tag.LastIndexOf('/');
        var (name, version) = (slash < 0 ? "" : tag[..slash], tag[(slash + 1)..]);
        version = version.StartsWith('v') ? version[1..] : version;
        return SemanticVersion.IsValid(version) && (slash < 0 || Regex.IsMatch(name, $@"\A{Patterns.DnsLabel}\z")) ? (name, version) : null;
    }

    [GeneratedRegex(@"\A[0-9a-f]{40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();
}

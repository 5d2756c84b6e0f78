using Semver;

namespace Idp.Operator.GoldenPaths;

/// <summary>Which versions of a golden path are wanted: <c>spec.template.version</c>. Pure.</summary>
/// <remarks>
/// Ranges are npm's, versions those of https://semver.org: a prerelease is admitted only where a range names one of the same version.
/// </remarks>
public sealed record VersionRange
{
    private readonly SemVersionRange? _range;
    private readonly string _text;

    private VersionRange(SemVersionRange? range, string text) => (_range, _text) = (range, text);

    /// <summary>Every version that is no prerelease.</summary>
    public static VersionRange Any { get; } = new(SemVersionRange.AllRelease, "");

    /// <summary>What a manifest says; null and the empty text are <see cref="Any"/>, and a text that is no range admits nothing.</summary>
    public static VersionRange Of(string? text) => text is null or "" ? Any : new(Parse(text), text);

    /// <summary>One version and no other.</summary>
    public static VersionRange Exactly(string version) => new(SemanticVersion.TryParse(version) is { } parsed ? SemVersionRange.Equals(parsed) : null, version);

    /// <summary>Whether the range admits a version; what is no version it does not.</summary>
    public bool Admits(string version) => SemanticVersion.TryParse(version) is { } parsed && _range?.Contains(parsed) == true;

    /// <summary>Whether the text is a range at all.</summary>
    public bool IsReadable => _range is not null;

    /// <summary>The range as it was written; empty for <see cref="Any"/>.</summary>
    public override string ToString() => _text;

    private static SemVersionRange? Parse(string text) =>
        SemVersionRange.TryParseNpm(text, includeAllPrerelease: false, out var range, SemanticVersion.Longest) ? range : null;
}

/// <summary>What a version of a golden path may look like, and which of two is the newer. Pure.</summary>
/// <remarks>Build metadata is refused: two versions that differ in it alone would be of equal rank.</remarks>
public static class SemanticVersion
{
    /// <summary>The most characters of a version or of a range.</summary>
    internal const int Longest = 100;

    /// <summary>Sorts versions, the oldest first, by https://semver.org/#spec-item-11.</summary>
    public static IComparer<string> Precedence { get; } = Comparer<string>.Create(Compare);

    /// <summary>Whether a text is a version.</summary>
    public static bool IsValid(string text) => TryParse(text) is not null;

    /// <summary>Below 0 where the first is older than the second, 0 for the same, above 0 where it is newer; what is no version is older than all.</summary>
    public static int Compare(string? first, string? second) => SemVersion.ComparePrecedence(TryParse(first), TryParse(second));

    internal static SemVersion? TryParse(string? text) =>
        SemVersion.TryParse(text, SemVersionStyles.Strict, out var version, Longest) && version.Metadata.Length == 0 ? version : null;
}

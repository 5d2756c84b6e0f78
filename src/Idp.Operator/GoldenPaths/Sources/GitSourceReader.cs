using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Idp.GitHub;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths.Sources;

/// <summary>Reads the golden paths of a repository from what was fetched of it last.</summary>
internal static partial class GitSourceReader
{
    /// <summary>Where what is fetched of a source lies.</summary>
    public static string FolderOf(GoldenPathSettings settings, GoldenPathGitSettings source) => Path.Combine(
        HomeOf(settings), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.Id)))[..24]);

    /// <summary>Where what is fetched of all sources lies.</summary>
    public static string HomeOf(GoldenPathSettings settings) => settings.CacheDirectory.Length > 0
        ? Path.GetFullPath(settings.CacheDirectory)
        : Path.Combine(Path.GetTempPath(), $"idp-golden-paths-{Environment.UserName}");

    /// <summary>Whether a folder is called as those are that something was fetched into; another one is nobody's here.</summary>
    public static bool IsFolder(string folder) => Fetched().IsMatch(Path.GetFileName(folder));

    /// <summary>What there is, good or not; null where nothing was fetched yet.</summary>
    public static IReadOnlyList<CatalogEntry>? Read(GoldenPathSettings settings, GoldenPathGitSettings source)
    {
        try
        {
            using var checkout = GitCheckout.Open(FolderOf(settings, source));
            return checkout is null ? null : [.. checkout.Revisions.SelectMany(revision => Of(checkout, revision, source))];
        }
        catch (IOException)
        {
            // It is being replaced at this moment, or was damaged: the next fetch sees to it.
            return null;
        }
    }

    private static IReadOnlyList<CatalogEntry> Of(GitCheckout checkout, string revision, GoldenPathGitSettings source)
    {
        var errors = new List<FileError>();
        var place = $"{source.Url}@{revision}:{source.Path}";
        var unnamed = SourceAddress.WithoutSuffix(source.Url.TrimEnd('/').Split('/')[^1]);
        var reader = new SourceReader(source.Id, errors, unnamed);
        TemplateEntry? folder = new GitTemplateEntry(checkout.Root(revision), $"{source.Url}@{revision}:");
        foreach (var part in source.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            folder = folder?.Find(part, GoldenPathReader.MostEntries) is { Kind: TemplateEntryKind.Folder } inner ? inner : null;
        }

        var tag = source.Semver is null ? null : GitSourceTags.Parse(revision);
        var named = tag is { Name: { Length: > 0 } name } ? folder?.Find(name, GoldenPathReader.MostEntries) : folder;
        if (named is null)
        {
            var what = tag?.Name is { Length: > 0 } missing ? missing : unnamed;
            var message = tag is null ? "there is no such folder" : $"there is no folder of {what}";
            return [new CatalogEntry(what, place, source.Id, null, [new FileError(place, 0, 0, "", message)])];
        }

        IReadOnlyList<CatalogEntry> found = tag is { } version ? [reader.OfTag(version.Name, named, version.Version)] : reader.ReadAny(named);
        return errors.Count == 0 ? found : [.. found, new CatalogEntry(unnamed, place, source.Id, null, errors)];
    }

    [GeneratedRegex(@"\A[0-9a-f]{24}(\.[0-9a-f]{32})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fetched();
}

using System.Text.RegularExpressions;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>What must be true of a <c>template.yaml</c> that names a template repository in place of a skeleton.</summary>
internal static partial class TemplateRepositoryRules
{
    public static IEnumerable<FileError> Check(YamlDocument document, GoldenPathManifest manifest, bool hasSkeleton)
    {
        if (manifest.Repository is not { } repository)
        {
            yield break;
        }

        if (!FullName().IsMatch(repository))
        {
            yield return document.Error("repository", "must be owner/name of a template repository on GitHub");
        }

        if (hasSkeleton)
        {
            yield return document.Error("repository", "stands in place of a skeleton: remove one of the two");
        }

        // GitHub copies the files as they are: nothing of them is rendered.
        if (manifest.Parameters.Count > 0)
        {
            yield return document.Error("parameters", "are only for a skeleton; the files of a repository are taken as they are");
        }

        if (manifest.Files.Count > 0)
        {
            yield return document.Error("files", "are only for a skeleton; the files of a repository are taken as they are");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,38}/(?!\.{1,2}\z)[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FullName();
}

using System.Text.RegularExpressions;
using Idp.Entities;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>What must be true of a <c>template.yaml</c> beyond its types.</summary>
internal sealed partial class GoldenPathRules(YamlDocument document)
{
    private const int LongestText = 1000;
    private const int LongestName = 63;
    private const int LongestPattern = 500;
    private const int LongestPath = 512;
    private const int MostParameters = 64;
    private const int MostValues = 200;
    private const int MostRules = 200;
    private readonly List<FileError> _errors = [];

    public static IReadOnlyList<FileError> Check(
        YamlDocument document, GoldenPathManifest manifest, IReadOnlyList<SkeletonFile> files, ExpectedGoldenPath expected)
    {
        var rules = new GoldenPathRules(document);
        if (manifest.Repository is { } repository)
        {
            rules.TemplateRepository(repository, manifest, expected.HasSkeleton);
        }

        rules.Require("name", Regex.IsMatch(manifest.Name, $@"\A{Patterns.DnsLabel}\z"), "must be a DNS label");
        rules.Require("name", manifest.Name == (expected.Name ?? manifest.Name), $"must be that of the folder, '{expected.Name}'");
        rules.Require("version", SemanticVersion.IsValid(manifest.Version), "must be a semantic version such as 1.2.0, in quotes");
        rules.Require("version", manifest.Version == (expected.Version ?? manifest.Version), $"must be that of the folder, '{expected.Version}'");
        rules.Deprecated(manifest);
        rules.Bounded(manifest);
        foreach (var (index, parameter) in manifest.Parameters.Index())
        {
            var at = YamlPath.Item("parameters", index);
            rules.Require($"{at}.name", Regex.IsMatch(parameter.Name, $@"\A{Patterns.ParameterName}\z"), "must be letters, digits and _");
            var first = manifest.Parameters.Take(index).All(earlier => earlier.Name != parameter.Name);
            rules.Require($"{at}.name", first, $"'{parameter.Name}' occurs twice");
            rules.Parameter(at, parameter);
        }

        foreach (var (index, rule) in manifest.Repository is null ? manifest.Files.Index() : [])
        {
            rules.Require(
                $"{YamlPath.Item("files", index)}.path",
                files.Any(file => SkeletonReader.Fits(rule, file.Path)),
                "fits no file of the skeleton");
        }

        return rules._errors;
    }

    // GitHub copies the files of a template repository as they are: nothing of them is rendered.
    private void TemplateRepository(string repository, GoldenPathManifest manifest, bool hasSkeleton)
    {
        const string Copied = "are only for a skeleton; the files of a repository are taken as they are";
        Require("repository", FullName().IsMatch(repository), "must be owner/name of a template repository on GitHub");
        Require("repository", !hasSkeleton, "stands in place of a skeleton: remove one of the two");
        Require("parameters", manifest.Parameters.Count == 0, Copied);
        Require("files", manifest.Files.Count == 0, Copied);
    }

    private void Deprecated(GoldenPathManifest manifest)
    {
        if (manifest.Deprecated is { } deprecated)
        {
            var isLine = deprecated.Message.Trim().Length is > 0 and <= LongestText && !deprecated.Message.Any(char.IsControl);
            Require("deprecated.message", isLine, $"must be one line of text, of at most {LongestText} characters");
            var successor = deprecated.Successor;
            Require("deprecated.successor", successor is null || Regex.IsMatch(successor, $@"\A{Patterns.DnsLabel}\z"), "must be the name of a golden path");
            Require("deprecated.successor", successor != manifest.Name, "is the golden path itself");
        }
    }

    private void Bounded(GoldenPathManifest manifest)
    {
        Require("description", manifest.Description.Length <= LongestText, $"has at most {LongestText} characters");
        Require("parameters", manifest.Parameters.Count <= MostParameters, $"are at most {MostParameters}");
        Require("files", manifest.Files.Count <= MostRules, $"are at most {MostRules} rules");
        foreach (var (index, parameter) in manifest.Parameters.Index())
        {
            var at = YamlPath.Item("parameters", index);
            Require($"{at}.name", parameter.Name.Length <= LongestName, $"has at most {LongestName} characters");
            Require($"{at}.description", parameter.Description.Length <= LongestText, $"has at most {LongestText} characters");
            Require($"{at}.values", parameter.Values.Count <= MostValues, $"are at most {MostValues}");
            var areShort = parameter.Values.All(value => value.Length <= ParameterValues.Longest);
            Require($"{at}.values", areShort, $"have at most {ParameterValues.Longest} characters");
            Require($"{at}.pattern", parameter.Pattern is null or { Length: <= LongestPattern }, $"has at most {LongestPattern} characters");
        }

        foreach (var (index, rule) in manifest.Files.Index())
        {
            Require($"{YamlPath.Item("files", index)}.path", rule.Path.Length <= LongestPath, $"has at most {LongestPath} characters");
        }
    }

    private void Parameter(string at, GoldenPathParameter parameter)
    {
        var type = parameter.Type;
        Require($"{at}.pattern", parameter.Pattern is null || type == ParameterType.Text, "is only for the type string");
        Require($"{at}.values", parameter.Values.Count == 0 || type == ParameterType.Choice, "is only for the type enum");
        Require($"{at}.values", parameter.Values.Count > 0 || type != ParameterType.Choice, "is required for the type enum");
        Require($"{at}.minimum", parameter.Minimum is null || type == ParameterType.Number, "is only for the type integer");
        Require($"{at}.maximum", parameter.Maximum is null || type == ParameterType.Number, "is only for the type integer");
        Require($"{at}.default", parameter.Default is null || !parameter.Required, "makes no sense for a required parameter");
        foreach (var (index, value) in parameter.Values.Index())
        {
            Require($"{at}.values[{index}]", value.Length > 0 && !value.Any(char.IsControl), "must be one line of text");
        }

        if (parameter.Pattern is { Length: > LongestPattern } || !IsPattern(at, parameter.Pattern))
        {
            return;
        }

        // A parameter that need not be given must be right when it is not.
        var rendered = parameter.Default ?? "";
        var needed = !parameter.Required && (parameter.Default is not null || type != ParameterType.Text || parameter.Pattern is not null);
        if (needed && ParameterValues.Problem(parameter, rendered) is { } problem)
        {
            Require($"{at}.default", false, parameter.Default is null ? "is required, or 'required: true'" : problem);
        }
    }

    private bool IsPattern(string at, string? pattern)
    {
        try
        {
            return pattern is null || ParameterValues.Whole(pattern) is not null;
        }
        catch (ArgumentException)
        {
            Require($"{at}.pattern", false, "is not a regular expression that can be used; lookaround and back references cannot");
            return false;
        }
    }

    private void Require(string path, bool holds, string message)
    {
        if (!holds)
        {
            _errors.Add(document.Error(path, message));
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,38}/(?!\.{1,2}\z)[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FullName();
}

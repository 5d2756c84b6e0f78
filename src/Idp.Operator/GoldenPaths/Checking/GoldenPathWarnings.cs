using System.Text;
using System.Text.Json;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths.Checking;

/// <summary>What of a golden path without errors is allowed, and seldom meant.</summary>
/// <param name="path">The golden path.</param>
/// <param name="place">Where it is.</param>
/// <param name="catalog">What lies beside it.</param>
internal sealed class GoldenPathWarnings(GoldenPath path, string place, GoldenPathCatalog catalog)
{
    private const string Overlays = "deploy/overlays/{{ environment.name }}/";
    private readonly List<FileError> _warnings = [];

    private string Manifest => $"{place}/{GoldenPathReader.ManifestName}";

    public IReadOnlyList<FileError> Find()
    {
        if (path.Repository is null)
        {
            Files();
            Parameters();
            Example();
        }

        if (path.Deprecated?.Successor is { } successor && catalog.Names.Count > 1 && !catalog.Names.Contains(successor))
        {
            Warn(Manifest, $"deprecated.successor: there is no golden path '{successor}' beside it");
        }

        return _warnings;
    }

    private void Files()
    {
        if (!path.Files.Any(file => file.Path.StartsWith(Overlays, StringComparison.Ordinal)))
        {
            Warn($"{place}/{GoldenPathReader.SkeletonName}", $"no file lies in {Overlays}, so an environment has nothing to deploy");
        }

        foreach (var file in path.Files)
        {
            var content = file.Content.Span;
            var isScript = content.StartsWith("#!"u8);
            Warn(file, isScript && content.IndexOf("\r\n"u8) >= 0, "is a script with the line ends of Windows, which no shell runs");
            Warn(file, isScript && !file.Executable && file.Path.EndsWith(".sh", StringComparison.Ordinal), "is a script that cannot be executed: chmod +x");
            var isOdd = file.Verbatim && content.IndexOf("{{"u8) >= 0 && !Utf8Text.IsText(content);
            Warn(file, isOdd, "has placeholders, but is no UTF-8 text, so it is taken as it is");
            foreach (var (part, _, line) in IsExecuted(file.Path) ? file.Parsed.Content?.Uses() ?? [] : [])
            {
                if (part.Filter != TemplateFilter.None && TemplateVariables.IsText(part.Text, path.Parameters) == true)
                {
                    var message = $"'{part.Text}' can be any text, and this file is executed: whoever writes it can run what he likes";
                    _warnings.Add(new FileError(PlaceOf(file), line, part.Column, "", message));
                }
            }
        }
    }

    private void Parameters()
    {
        var used = path.Files
            .SelectMany(file => file.Parsed.Path.Uses().Concat(file.Parsed.Content?.Uses() ?? []))
            .Select(use => use.Part.Text)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in path.Parameters)
        {
            if (!used.Contains($"parameters.{parameter.Name}"))
            {
                Warn(Manifest, $"the parameter '{parameter.Name}' is used by no file");
            }

            if (parameter.Description.Length == 0)
            {
                Warn(Manifest, $"the parameter '{parameter.Name}' has no description");
            }
        }
    }

    /// <summary>What is written for an example must be what its name says.</summary>
    private void Example()
    {
        if (ExampleApplication.Of(path) is not { } input)
        {
            return;
        }

        try
        {
            // What is taken as it is may be another tool's template.
            var verbatim = path.Files.Where(file => file.Verbatim).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
            foreach (var file in GoldenPathRenderer.Render(path, input).Where(file => !verbatim.Contains(file.Path)))
            {
                Syntax(file);
            }
        }
        catch (GoldenPathParameterException error)
        {
            Warn(place, $"an example cannot be rendered: {error.Message}");
        }
    }

    private void Syntax(RenderedFile file)
    {
        var where = $"{place}/{GoldenPathReader.SkeletonName} (rendered as {file.Path})";
        try
        {
            if (file.Path.EndsWith(".yaml", StringComparison.Ordinal) || file.Path.EndsWith(".yml", StringComparison.Ordinal))
            {
                YamlReader.ReadAll(Encoding.UTF8.GetString(file.Content.Span), where);
            }
            else if (file.Path.EndsWith(".json", StringComparison.Ordinal))
            {
                var lenient = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
                using var json = JsonDocument.Parse(file.Content, lenient);
            }
        }
        catch (YamlReadException error)
        {
            _warnings.Add(error.Error with { Message = $"is no YAML that is read alike everywhere: {error.Error.Message}" });
        }
        catch (JsonException error)
        {
            _warnings.Add(new FileError(where, (int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1, "", "is no JSON"));
        }
    }

    private static bool IsExecuted(string file) =>
        file.StartsWith(".github/workflows/", StringComparison.Ordinal)
        || file.EndsWith(".sh", StringComparison.Ordinal)
        || Path.GetFileName(file) is "Makefile" or "Dockerfile";

    private string PlaceOf(SkeletonFile file) => $"{place}/{GoldenPathReader.SkeletonName}/{file.Path}";

    private void Warn(SkeletonFile file, bool holds, string message)
    {
        if (holds)
        {
            Warn(PlaceOf(file), message);
        }
    }

    private void Warn(string file, string message) => _warnings.Add(new FileError(file, 0, 0, "", message));
}

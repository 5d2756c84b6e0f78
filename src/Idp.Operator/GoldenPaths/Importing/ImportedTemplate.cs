using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths.Importing;

/// <summary>A golden path that is made of another tool's template.</summary>
/// <param name="language">What the template is written in.</param>
/// <param name="report">Hears what could not be said.</param>
internal sealed partial class ImportedTemplate(ImportedLanguage language, ImportReport report)
{
    // Nothing that ends a word, a text or a command in any syntax.
    private const string SafeText = "[A-Za-z0-9][A-Za-z0-9 ._@/+-]*";

    private readonly Dictionary<string, ImportedValue> _values = new(StringComparer.Ordinal);
    private readonly List<GoldenPathParameter> _parameters = [];
    private readonly Dictionary<string, FileError> _places = new(StringComparer.Ordinal);
    private readonly List<string> _verbatim = [];
    private readonly List<(string Path, byte[] Content, bool Executable)> _files = [];

    /// <summary>What one gets, in a sentence.</summary>
    public string Description { get; set; } = "";

    /// <summary>What the template's variables are in ours.</summary>
    public IReadOnlyDictionary<string, ImportedValue> Values => _values;

    /// <summary>Says what a variable is in ours.</summary>
    public void Set(string variable, ImportedValue value) => _values[variable] = value;

    /// <summary>Adds a parameter, and says that it is a variable of that name.</summary>
    public void Add(GoldenPathParameter parameter, FileError place)
    {
        if (!ImportedValue.IsName(parameter.Name))
        {
            report.Note(place with { Message = $"'{parameter.Name}' cannot be the name of a parameter: letters, digits and _ only" });
            return;
        }

        _parameters.Add(parameter);
        _places[parameter.Name] = place;
        Set(parameter.Name, ImportedValue.Of(parameter));
    }

    /// <summary>A parameter of text, with a pattern by which it can be put anywhere.</summary>
    public GoldenPathParameter Text(string name, string description, string? given, FileError place)
    {
        var pattern = given is "" ? $"({SafeText})?" : SafeText;
        var parameter = new GoldenPathParameter { Name = name, Description = description, Type = ParameterType.Text, Pattern = pattern };
        if (given is not null && ParameterValues.Problem(parameter, given) is null)
        {
            return parameter with { Default = given };
        }

        if (given is not null)
        {
            var message = $"the default '{given}' of '{name}' has characters that cannot be put anywhere: the parameter is required, and fits {pattern}";
            report.Note(place with { Message = message });
        }

        return parameter with { Required = true };
    }

    /// <summary>Takes over the files of a folder.</summary>
    /// <param name="files">The files.</param>
    /// <param name="place">Where they are.</param>
    /// <param name="kept">Patterns of files that are taken as they are.</param>
    /// <param name="extension">The extension that files to be rendered have, and lose; empty for none.</param>
    public void Take(IReadOnlyList<SkeletonFile> files, string place, IReadOnlyList<string> kept, string extension = "")
    {
        var text = new ImportedText(language, _values, report);
        foreach (var file in files)
        {
            var where = $"{place}/{file.Path}";
            var path = text.Path(file.Path, where);
            if (path.Contains("{%", StringComparison.Ordinal))
            {
                path = OfStatement().Replace(path, "");
                report.Note(where, "a condition in a path cannot be said: the file is always there");
            }

            var isKept = file.Verbatim || kept.Any(pattern => Fits(pattern, file.Path));
            var isOther = extension.Length > 0 && !path.EndsWith(extension, StringComparison.Ordinal);
            var content = Encoding.UTF8.GetString(file.Content.Span);
            if (isKept || isOther || (!IsRendered(content) && HasBraces(content)) || RawWhole(ref content))
            {
                AddVerbatim(path, file, content);
            }
            else
            {
                path = extension.Length > 0 ? path[..^extension.Length] : path;
                _files.Add((path, Encoding.UTF8.GetBytes(text.Content(content, where)), file.Executable));
            }
        }
    }

    /// <summary>The golden path, as its folder would be.</summary>
    public MemoryEntry ToFolder(string name, string place)
    {
        var folder = MemoryEntry.Folder(name, place);
        folder.File(GoldenPathReader.ManifestName, Encoding.UTF8.GetBytes(YamlWriter.Write(Manifest(name))));
        var skeleton = folder.Folder(GoldenPathReader.SkeletonName);
        foreach (var (path, content, executable) in _files)
        {
            var parts = path.Split('/');
            parts[..^1].Aggregate(skeleton, (inside, part) => inside.Folder(part)).File(parts[^1], content, executable);
        }

        return folder;
    }

    private void AddVerbatim(string path, SkeletonFile file, string content)
    {
        _files.Add((path, file.Verbatim ? file.Content.ToArray() : Encoding.UTF8.GetBytes(content), file.Executable));
        if (!file.Verbatim && HasBraces(content))
        {
            _verbatim.Add(path);
        }
    }

    private JsonObject Manifest(string name)
    {
        var manifest = new JsonObject { ["name"] = name, ["version"] = "1.0.0" };
        if (Description.Length > 0)
        {
            manifest["description"] = Description;
        }

        var files = _files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var used = _parameters.Where(parameter => _files.Any(file => Uses(file, parameter.Name))).ToList();
        foreach (var unused in _parameters.Except(used))
        {
            report.Note(_places[unused.Name] with { Message = $"no file asks for '{unused.Name}' in a way that could be taken over: it is left out" });
        }

        if (used.Count > 0)
        {
            manifest["parameters"] = new JsonArray([.. used.Select(Write)]);
        }

        if (_verbatim.Count > 0)
        {
            manifest["files"] = new JsonArray([.. _verbatim.Where(files.Contains).Select(path => new JsonObject { ["path"] = path, ["verbatim"] = true })]);
        }

        return manifest;
    }

    private static bool Uses((string Path, byte[] Content, bool) file, string parameter)
    {
        var name = $"parameters.{parameter} ";
        return file.Path.Contains(name, StringComparison.Ordinal) || file.Content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0;
    }

    private static JsonObject Write(GoldenPathParameter parameter)
    {
        var written = new JsonObject { ["name"] = parameter.Name };
        Put("description", parameter.Description.Length > 0 ? parameter.Description : null);
        written["type"] = parameter.Type switch
        {
            ParameterType.Number => "integer",
            ParameterType.Boolean => "boolean",
            ParameterType.Choice => "enum",
            _ => "string",
        };
        Put("values", parameter.Values.Count > 0 ? new JsonArray([.. parameter.Values.Select(value => (JsonNode)value)]) : null);
        Put("pattern", parameter.Pattern);
        Put("minimum", parameter.Minimum);
        Put("maximum", parameter.Maximum);
        Put("default", parameter.Default);
        Put("required", parameter.Required ? true : null);
        return written;

        void Put(string key, JsonNode? value)
        {
            if (value is not null)
            {
                written[key] = value;
            }
        }
    }

    private bool IsRendered(string content) =>
        content.Contains(language.Prefix, StringComparison.Ordinal)
        || content.Contains("{%", StringComparison.Ordinal)
        || content.Contains("{#", StringComparison.Ordinal);

    private static bool HasBraces(string content) => OtherBraces().IsMatch(content);

    /// <summary>Whether all of a file is between <c>raw</c> and <c>endraw</c>, which are taken away.</summary>
    private static bool RawWhole(ref string content)
    {
        if (Raw().Match(content) is not { Success: true } raw)
        {
            return false;
        }

        content = raw.Groups["content"].Value;
        return true;
    }

    // A pattern that names a folder means all that is in it.
    private static bool Fits(string pattern, string path)
    {
        var plain = Stars().Replace(pattern.TrimEnd('/'), "*");
        return Glob.Matches(plain, path, StringComparison.Ordinal) || Glob.Matches($"{plain}/*", path, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{%.*?%\}", RegexOptions.CultureInvariant)]
    private static partial Regex OfStatement();

    [GeneratedRegex(@"(?<!\$)\{\{", RegexOptions.CultureInvariant)]
    private static partial Regex OtherBraces();

    [GeneratedRegex(@"\*+", RegexOptions.CultureInvariant)]
    private static partial Regex Stars();

    [GeneratedRegex(
        @"\A\s*\{%[-+]?\s*raw\s*[-+]?%\}\n?(?<content>((?!\{%).)*)\{%[-+]?\s*endraw\s*[-+]?%\}\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Raw();
}

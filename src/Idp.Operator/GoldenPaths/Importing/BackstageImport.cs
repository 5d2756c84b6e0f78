using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths.Importing;

/// <summary>Makes a golden path of a template of Backstage's scaffolder. Its actions are code, and never run.</summary>
/// <remarks>https://backstage.io/docs/features/software-templates/writing-templates</remarks>
internal sealed partial class BackstageImport(ImportReport report)
{
    private const string Manifest = "template.yaml";
    private readonly ImportedTemplate _template = new(ImportedLanguage.Backstage, report);

    // What the form asks for, before it is known what the files call it.
    private readonly Dictionary<string, ImportedValue> _asked = new(StringComparer.Ordinal);

    /// <summary>The golden path; null where the folder is no such template, which was noted.</summary>
    public ImportedTemplate? Read(TemplateEntry folder, List<FileError> errors)
    {
        var inside = folder.Entries(GoldenPathReader.MostEntries);
        if (ImportFiles.Document(inside, Manifest, errors) is not { Root: JsonObject root } document
            || TextOf(root["kind"]) != "Template"
            || root["spec"] is not JsonObject spec)
        {
            errors.Add(new FileError($"{folder.Place}/{Manifest}", 0, 0, "", "is not there, or has no kind Template: this is no template of Backstage"));
            return null;
        }

        _template.Description = TextOf(root["metadata"]?["description"]).ReplaceLineEndings(" ").Trim();
        foreach (var (page, at) in Pages(spec["parameters"]))
        {
            Page(document, page, at);
        }

        if (spec["steps"] is JsonArray steps)
        {
            foreach (var (index, step) in steps.Index())
            {
                Step(document, folder, step as JsonObject ?? [], YamlPath.Item("spec.steps", index), errors);
            }
        }

        return _template;
    }

    private static IEnumerable<(JsonObject Page, string At)> Pages(JsonNode? parameters) => parameters switch
    {
        JsonArray pages => pages.Select((page, index) => (page as JsonObject ?? [], YamlPath.Item("spec.parameters", index))),
        JsonObject page => [(page, "spec.parameters")],
        _ => [],
    };

    private void Page(YamlDocument document, JsonObject page, string at)
    {
        var required = (page["required"] as JsonArray)?.Select(TextOf).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var (name, schema) in page["properties"] as JsonObject ?? [])
        {
            var place = document.KeyError(YamlPath.Key($"{at}.properties", name), "");
            var known = name switch
            {
                "name" => new ImportedValue("application", ImportedKind.Plain),
                "owner" => new ImportedValue("team", ImportedKind.Plain),
                _ => ImportedValue.Builtin(name),
            };
            if (known is not null)
            {
                report.Note(place with { Message = $"'{name}' is the value '{known.Name}', which every golden path has: it is no parameter" });
                _asked[name] = known;
            }
            else if (TextOf(schema?["ui:field"]) is "RepoUrlPicker")
            {
                report.Note(place with { Message = $"'{name}' names the repository, which the platform makes: it is left out" });
            }
            else if (ParameterOf(name, schema as JsonObject ?? [], required.Contains(name), place) is { } parameter)
            {
                _template.Add(parameter, place);
                _asked[name] = ImportedValue.Of(parameter);
            }
        }

        if (page["dependencies"] is not null || page["allOf"] is not null || page["if"] is not null)
        {
            report.Note(document.Error(at, "questions that depend on answers cannot be said: all are asked"));
        }
    }

    private GoldenPathParameter? ParameterOf(string name, JsonObject schema, bool isRequired, FileError place)
    {
        var parameter = new GoldenPathParameter
        {
            Name = name,
            Description = (TextOf(schema["description"]) is { Length: > 0 } text ? text : TextOf(schema["title"])).ReplaceLineEndings(" ").Trim(),
            Type = ParameterType.Boolean,
            Default = schema["default"] is JsonValue given ? TextOf(given) : null,
        };
        var type = TextOf(schema["type"]);
        parameter = (type, schema["enum"] as JsonArray) switch
        {
            (_, { } values) => parameter with
            {
                Type = ParameterType.Choice,
                Values = [.. values.Select(TextOf)],
                Default = parameter.Default ?? TextOf(values.FirstOrDefault()),
            },
            ("boolean", _) => parameter with { Default = parameter.Default ?? "false" },
            ("integer", _) => parameter with { Type = ParameterType.Number, Minimum = NumberOf(schema["minimum"]), Maximum = NumberOf(schema["maximum"]) },
            ("string" or "", _) => Text(parameter, TextOf(schema["pattern"]), isRequired, place),
            _ => parameter with { Name = "" },
        };
        if (parameter.Name.Length == 0)
        {
            report.Note(place with { Message = $"'{name}' is of type {type}, which a parameter cannot be: it is left out" });
            return null;
        }

        return parameter with { Required = parameter.Default is null };
    }

    private GoldenPathParameter Text(GoldenPathParameter parameter, string pattern, bool isRequired, FileError place)
    {
        if (pattern.Length == 0)
        {
            return _template.Text(parameter.Name, parameter.Description, parameter.Default ?? (isRequired ? null : ""), place);
        }

        // There a pattern has to fit somewhere, here the whole.
        var (begins, ends) = (pattern.StartsWith('^'), pattern.EndsWith('$') && !pattern.EndsWith(@"\$", StringComparison.Ordinal));
        var inner = pattern[(begins ? 1 : 0)..^(ends ? 1 : 0)];
        var whole = begins && ends ? inner : $"{(begins ? "" : ".*")}({inner}){(ends ? "" : ".*")}";
        try
        {
            _ = ParameterValues.Whole(whole);
            return parameter with { Type = ParameterType.Text, Pattern = whole };
        }
        catch (ArgumentException)
        {
            report.Note(place with { Message = $"the pattern '{pattern}' cannot be used: one of text that can be put anywhere stands in its place" });
            return _template.Text(parameter.Name, parameter.Description, parameter.Default, place);
        }
    }

    private void Step(YamlDocument document, TemplateEntry folder, JsonObject step, string at, List<FileError> errors)
    {
        var action = TextOf(step["action"]);
        if (action is not "fetch:template")
        {
            var why = action.StartsWith("publish:", StringComparison.Ordinal) || action.StartsWith("catalog:", StringComparison.Ordinal)
                ? "the platform does that by itself"
                : "an action is code, which is never run";
            report.Note(document.Error(at, $"the step '{action}' is left out: {why}"));
            return;
        }

        var input = step["input"] as JsonObject ?? [];
        foreach (var (name, value) in input["values"] as JsonObject ?? [])
        {
            Value(name, value, document.KeyError(YamlPath.Key($"{at}.input.values", name), ""));
        }

        var url = TextOf(input["url"]);
        var parts = url.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        var skeleton = url.Contains("..", StringComparison.Ordinal) || url.Contains(':', StringComparison.Ordinal) || url.StartsWith('/')
            ? null
            : parts.Aggregate((TemplateEntry?)folder, (inside, part) => inside?.Find(part, GoldenPathReader.MostEntries));
        if (skeleton is null || parts.Count == 0)
        {
            errors.Add(document.Error($"{at}.input.url", $"'{url}' is no folder below the template: only such files can be taken over"));
            return;
        }

        var extension = input["templateFileExtension"] is JsonValue asked ? (asked.GetValueKind() == JsonValueKind.True ? ".njk" : TextOf(asked)) : "";
        var kept = (input["copyWithoutTemplating"] ?? input["copyWithoutRender"]) as JsonArray;
        _template.Take(new SkeletonReader([], errors).Read(skeleton, skeleton.Place), skeleton.Place, [.. kept?.Select(TextOf) ?? []], extension);
    }

    /// <summary>What the files call a value.</summary>
    private void Value(string name, JsonNode? value, FileError place)
    {
        var text = TextOf(value);
        if (Asked().Match(text) is { Success: true } asked)
        {
            if (_asked.TryGetValue(asked.Groups["name"].Value, out var same))
            {
                _template.Set(name, same);
                return;
            }
        }
        else if (value is JsonValue && !text.Contains("${{", StringComparison.Ordinal))
        {
            _template.Set(name, new ImportedValue(null, ImportedKind.Plain, text));
            return;
        }

        if (ImportedValue.Builtin(name) is { } known)
        {
            _template.Set(name, known);
            return;
        }

        var computed = value is JsonValue ? text : "more than one value";
        report.Note(place with { Message = $"the value '{name}' is computed: {computed}. It becomes a parameter that is required" });
        _template.Add(_template.Text(name, "", null, place), place);
    }

    private static string TextOf(JsonNode? value) => value switch
    {
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        JsonValue other => other.ToJsonString(),
        _ => "",
    };

    private static long? NumberOf(JsonNode? value) => value is JsonValue number && number.TryGetValue<long>(out var whole) ? whole : null;

    [GeneratedRegex(@"\A\$\{\{\s*parameters\.(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*\}\}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths.Importing;

/// <summary>Makes a golden path of a Cookiecutter template. Its hooks and extensions are code, and never run.</summary>
/// <remarks>https://cookiecutter.readthedocs.io/</remarks>
internal sealed class CookiecutterImport(ImportReport report)
{
    private const string ContextName = "cookiecutter.json";
    private const string CopyOnly = "_copy_without_render";
    private const string Prompts = "__prompts__";
    private readonly ImportedTemplate _template = new(ImportedLanguage.Cookiecutter, report);

    /// <summary>The golden path; null where the folder is no such template, which was noted.</summary>
    public ImportedTemplate? Read(TemplateEntry folder, List<FileError> errors)
    {
        var inside = folder.Entries(GoldenPathReader.MostEntries);
        if (ImportFiles.Document(inside, ContextName, errors) is not { Root: JsonObject context } document)
        {
            errors.Add(new FileError($"{folder.Place}/{ContextName}", 0, 0, "", "is not there, or is no mapping: this is no Cookiecutter template"));
            return null;
        }

        var folders = inside.Where(entry => entry.Kind == TemplateEntryKind.Folder).ToList();
        if (folders.Find(entry => entry.Name.Contains("cookiecutter.", StringComparison.Ordinal)) is not { } root)
        {
            errors.Add(new FileError(folder.Place, 0, 0, "", "holds no folder that is called {{ cookiecutter.NAME }}"));
            return null;
        }

        foreach (var hook in folders.Where(entry => entry.Name == "hooks").SelectMany(hooks => hooks.Entries(GoldenPathReader.MostEntries)))
        {
            report.Note(hook.Place, "a hook is code, which is never run: what it does has to be said otherwise, or be left");
        }

        Variables(document, context, root.Name.Trim('{', '}', ' ')["cookiecutter.".Length..]);
        _template.Take(new SkeletonReader([], errors).Read(root, root.Place), root.Place, Texts(context[CopyOnly]));
        return _template;
    }

    private void Variables(YamlDocument document, JsonObject context, string nameOfRepository)
    {
        foreach (var (name, value) in context)
        {
            var place = document.KeyError(YamlPath.Key("", name), "");
            if (name.StartsWith('_'))
            {
                if (name is not (CopyOnly or Prompts))
                {
                    report.Note(place with { Message = $"'{name}' is private to Cookiecutter, or its extension: it is left out" });
                }
            }
            else if (name == nameOfRepository)
            {
                Builtin(name, new ImportedValue("application", ImportedKind.Plain), place);
            }
            else if (ImportedValue.Builtin(name) is { } builtin)
            {
                Builtin(name, builtin, place);
            }
            else
            {
                Variable(name, value, PromptOf(context, name), place);
            }
        }
    }

    private void Builtin(string name, ImportedValue value, FileError place)
    {
        _template.Set(name, value);
        report.Note(place with { Message = $"'{name}' is the value '{value.Name}', which every golden path has: it is no parameter" });
    }

    private void Variable(string name, JsonNode? value, string description, FileError place)
    {
        var parameter = new GoldenPathParameter { Name = name, Description = description, Type = ParameterType.Boolean };
        switch (value)
        {
            case JsonValue flag when flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                _template.Add(parameter with { Default = flag.GetValueKind() == JsonValueKind.True ? "true" : "false" }, place);
                break;
            case JsonArray choices:
                Choice(parameter, Texts(choices), place);
                break;
            case JsonValue text:
                Text(parameter, text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : text.ToJsonString(), place);
                break;
            default:
                report.Note(place with { Message = $"'{name}' holds more than one value: it is left out" });
                break;
        }
    }

    private void Choice(GoldenPathParameter parameter, IReadOnlyList<string> values, FileError place)
    {
        if (values is [var first, _] && Flags.Parse(first) is { } flag && values.All(value => Flags.Parse(value) is not null))
        {
            Flag(parameter, flag, place);
            return;
        }

        if (values.Count == 0 || values.Any(value => value.Contains("{{", StringComparison.Ordinal)))
        {
            report.Note(place with { Message = $"the choices of '{parameter.Name}' are computed: it is left out" });
            return;
        }

        _template.Add(parameter with { Type = ParameterType.Choice, Values = values, Default = values[0] }, place);
    }

    private void Text(GoldenPathParameter parameter, string given, FileError place)
    {
        if (ImportedLanguage.Cookiecutter.Variable(given.Trim('{', '}')) is var (other, _) && given.StartsWith("{{", StringComparison.Ordinal)
            && _template.Values.TryGetValue(other, out var same))
        {
            _template.Set(parameter.Name, same);
        }
        else if (given.Contains("{{", StringComparison.Ordinal) || given.Contains("{%", StringComparison.Ordinal))
        {
            report.Note(place with { Message = $"the default of '{parameter.Name}' is computed: {given}. The parameter is required" });
            _template.Add(_template.Text(parameter.Name, parameter.Description, null, place), place);
        }
        else if (Flags.Parse(given) is { } flag)
        {
            Flag(parameter, flag, place);
        }
        else if (ParameterValues.Problem(parameter with { Type = ParameterType.Number }, given) is null)
        {
            _template.Add(parameter with { Type = ParameterType.Number, Default = given }, place);
        }
        else
        {
            _template.Add(_template.Text(parameter.Name, parameter.Description, given, place), place);
        }
    }

    private void Flag(GoldenPathParameter parameter, bool flag, FileError place)
    {
        _template.Add(parameter with { Type = ParameterType.Boolean, Default = flag ? "true" : "false" }, place);
        report.Note(place with { Message = $"'{parameter.Name}' becomes true or false, and is written so where a file asks for its text" });
    }

    private static string PromptOf(JsonObject context, string name) => (context[Prompts] as JsonObject)?[name] switch
    {
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        JsonObject choices when choices["__prompt__"] is JsonValue text && text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => "",
    };

    private static IReadOnlyList<string> Texts(JsonNode? list) => list is not JsonArray items ? [] :
        [.. items.OfType<JsonValue>().Select(item => item.GetValueKind() == JsonValueKind.String ? item.GetValue<string>() : item.ToJsonString())];
}

/// <summary>Reads what other templates are described by.</summary>
internal static class ImportFiles
{
    private const int MostBytes = 256 * 1024;

    /// <summary>The document of that name; null where there is none that can be read, and then it was said why.</summary>
    public static YamlDocument? Document(IReadOnlyList<TemplateEntry> inside, string name, List<FileError> errors)
    {
        if (inside.FirstOrDefault(entry => entry.Name == name) is not { Kind: TemplateEntryKind.File, Length: <= MostBytes } file)
        {
            return null;
        }

        try
        {
            // JSON is YAML, and so has lines; but tabs, which JSON may be indented by, are none of YAML's.
            return YamlReader.Read(Utf8Text.Of(file.Read()).Replace('\t', ' '), file.Place);
        }
        catch (YamlReadException error)
        {
            errors.Add(error.Error);
            return null;
        }
    }
}

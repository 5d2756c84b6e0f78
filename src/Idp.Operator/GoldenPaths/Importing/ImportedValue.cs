using Idp.Entities;

namespace Idp.Operator.GoldenPaths.Importing;

/// <summary>What a variable of another template is in ours.</summary>
/// <param name="Name">The name that our placeholders ask for; null where it is a fixed text.</param>
/// <param name="Kind">How it is put in.</param>
/// <param name="Text">The fixed text.</param>
internal sealed record ImportedValue(string? Name, ImportedKind Kind, string Text = "")
{
    /// <summary>What golden paths know by themselves, by what others call it.</summary>
    private static readonly Dictionary<string, ImportedValue> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["description"] = new("description", ImportedKind.AnyText),
        ["project_description"] = new("description", ImportedKind.AnyText),
        ["project_short_description"] = new("description", ImportedKind.AnyText),
        ["component_id"] = new("application", ImportedKind.Plain),
        ["componentId"] = new("application", ImportedKind.Plain),
        ["component_name"] = new("application", ImportedKind.Plain),
        ["app_name"] = new("application", ImportedKind.Plain),
        ["service_name"] = new("application", ImportedKind.Plain),
        ["github_organization"] = new("owner", ImportedKind.Plain),
        ["github_org"] = new("owner", ImportedKind.Plain),
        ["system"] = new("system", ImportedKind.Plain),
        ["team"] = new("team", ImportedKind.Plain),
    };

    /// <summary>The value that golden paths have anyway for a variable of that name; null where it becomes a parameter.</summary>
    public static ImportedValue? Builtin(string variable) => Known.GetValueOrDefault(variable);

    /// <summary>A parameter of ours.</summary>
    public static ImportedValue Of(GoldenPathParameter parameter) => new(
        $"parameters.{parameter.Name}",
        parameter.Type switch
        {
            ParameterType.Boolean => ImportedKind.Flag,
            ParameterType.Text when parameter.Pattern is null => ImportedKind.AnyText,
            _ => ImportedKind.Plain,
        });

    /// <summary>Whether a name can be that of a parameter.</summary>
    public static bool IsName(string name) =>
        name.Length <= 63 && System.Text.RegularExpressions.Regex.IsMatch(name, $@"\A{Patterns.ParameterName}\z");
}

/// <summary>How a value of another template is put into ours.</summary>
internal enum ImportedKind
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>It can be any text: with a filter only.</summary>
    AnyText,

    /// <summary>It is true or false: what conditions ask for.</summary>
    Flag,
}

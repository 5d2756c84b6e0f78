using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Idp.Sandbox.Yaml;

/// <summary>Reads YAML into JSON nodes, as far as Kubernetes manifests go.</summary>
public static class YamlText
{
    /// <summary>Every document that is an object; empty documents are left out.</summary>
    /// <exception cref="FormatException">The text is not YAML.</exception>
    public static IReadOnlyList<JsonObject> ReadObjects(string text) => [.. Read(text).OfType<JsonObject>()];

    /// <summary>Every document, whatever it is.</summary>
    /// <exception cref="FormatException">The text is not YAML.</exception>
    public static IReadOnlyList<JsonNode?> Read(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new FormatException($"Line {exception.Start.Line}: {exception.Message}", exception);
        }

        return [.. stream.Documents.Select(document => Convert(document.RootNode))];
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(
            pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Convert(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
            JsonValue.Create(whole),
        _ when IsDecimal(text) && double.TryParse(text, CultureInfo.InvariantCulture, out var real) =>
            JsonValue.Create(real),
        _ => JsonValue.Create(text),
    };

    private static bool IsDecimal(string text) =>
        text.All(character => char.IsAsciiDigit(character) || character is '.' or '-' or '+' or 'e' or 'E')
        && text.Any(char.IsAsciiDigit);
}

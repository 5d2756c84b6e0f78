using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Idp.CrdGenerator;

/// <summary>Prints a JSON tree as YAML, always the same way.</summary>
internal static partial class Yaml
{
    private static readonly EmitterSettings Settings = new(
        bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024, skipAnchorName: true);

    public static string Print(params JsonNode[] documents)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(writer, Settings);
        emitter.Emit(new StreamStart());
        foreach (var document in documents)
        {
            emitter.Emit(new DocumentStart(null, null, isImplicit: document == documents[0]));
            Emit(emitter, document);
            emitter.Emit(new DocumentEnd(isImplicit: true));
        }

        emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                emitter.Emit(new MappingStart(null, null, true, map.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in map)
                {
                    emitter.Emit(Text(key));
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(null, null, true, list.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case { } value when value.GetValueKind() == JsonValueKind.String:
                emitter.Emit(Text(value.GetValue<string>()));
                break;
            default:
                emitter.Emit(new Scalar(node?.ToJsonString() ?? "null"));
                break;
        }
    }

    // Plain only what no YAML reader takes for anything but a string.
    private static Scalar Text(string text) => new(
        null, null, text, Plain().IsMatch(text) && !Special().IsMatch(text) ? ScalarStyle.Plain : ScalarStyle.SingleQuoted, true, true);

    [GeneratedRegex("\\A[A-Za-z.](?:[^\\x00-\\x1f\\x7f:#'\"]|:(?=[^ ]))*(?<![ :])\\z")]
    private static partial Regex Plain();

    [GeneratedRegex("\\A(true|false|yes|no|on|off|null|y|n|[.](inf|nan|[0-9].*))\\z", RegexOptions.IgnoreCase)]
    private static partial Regex Special();
}

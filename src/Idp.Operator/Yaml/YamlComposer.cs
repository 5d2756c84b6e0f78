using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Idp.Operator.Yaml;

/// <summary>Turns the parser's events into values that may share parts, then each document into JSON, within the limits.</summary>
internal sealed class YamlComposer(IParser parser, string file, YamlLimits limits)
{
    private readonly Dictionary<string, YamlValue> _anchors = new(StringComparer.Ordinal);
    private int _values;

    public IEnumerable<YamlDocument> Documents()
    {
        parser.Consume<StreamStart>();
        while (!parser.TryConsume<StreamEnd>(out _))
        {
            parser.Consume<DocumentStart>();
            _anchors.Clear();
            var root = Compose(1);
            parser.Consume<DocumentEnd>();
            _values = 0;
            yield return new YamlDocument(file, Expand(root, 1), root);
        }
    }

    private YamlValue Compose(int depth)
    {
        var start = At(parser.Current?.Start ?? Mark.Empty);
        RequireDepth(depth, start);
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            // An anchor is known only once its value is complete: a value cannot hold itself.
            return _anchors.GetValueOrDefault(alias.Value.Value)
                ?? throw Error(start, $"alias *{alias.Value.Value} has no anchor before it");
        }

        var (value, anchor) = ComposeValue(depth, start);
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = value;
        }

        return value;
    }

    private (YamlValue Value, AnchorName Anchor) ComposeValue(int depth, YamlPosition start)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return (new YamlValue(start) { Scalar = Resolve(scalar) }, scalar.Anchor);
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            RefuseTag(sequence.Tag, "tag:yaml.org,2002:seq", start);
            var items = new List<YamlValue>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Compose(depth + 1));
            }

            return (new YamlValue(start) { Items = items }, sequence.Anchor);
        }

        var mapping = parser.Consume<MappingStart>();
        RefuseTag(mapping.Tag, "tag:yaml.org,2002:map", start);
        return (new YamlValue(start) { Entries = ComposeEntries(depth) }, mapping.Anchor);
    }

    private List<YamlEntry> ComposeEntries(int depth)
    {
        var entries = new List<YamlEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var start = At(parser.Current?.Start ?? Mark.Empty);
            if (!parser.TryConsume<Scalar>(out var key) || !key.Anchor.IsEmpty)
            {
                throw Error(start, "a key must be plain text");
            }

            if (key is { Style: ScalarStyle.Plain, Value: "<<" })
            {
                throw Error(start, "merge keys (<<) are not part of YAML 1.2: write the values out");
            }

            if (!keys.Add(key.Value))
            {
                throw Error(start, $"the key '{key.Value}' occurs twice");
            }

            entries.Add(new YamlEntry(key.Value, start, Compose(depth + 1)));
        }

        return entries;
    }

    private JsonNode? Resolve(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value;
        var plain = scalar.Style == ScalarStyle.Plain && !scalar.Tag.IsNonSpecific;
        return CoreSchema.TryResolve(scalar.Value, plain, tag, out var value)
            ? value
            : throw Error(At(scalar.Start), tag.Length == 0
                ? $"{scalar.Value} is a number that JSON cannot hold: put it in quotes if it is text"
                : $"the value is not of the type that its tag {tag} says");
    }

    /// <summary>The JSON tree of a value, aliases replaced by what they stand for.</summary>
    private JsonNode? Expand(YamlValue value, int depth)
    {
        if (++_values > limits.Values)
        {
            throw Error(value.Position, $"more than {limits.Values} values, aliases counted in full");
        }

        RequireDepth(depth, value.Position);
        return value switch
        {
            { Items: { } items } => new JsonArray([.. items.Select(item => Expand(item, depth + 1))]),
            { Entries: { } entries } => new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, Expand(entry.Value, depth + 1)))),
            _ => value.Scalar?.DeepClone(),
        };
    }

    private void RequireDepth(int depth, YamlPosition place)
    {
        if (depth > limits.Depth)
        {
            throw Error(place, $"more than {limits.Depth} levels deep");
        }
    }

    private void RefuseTag(TagName tag, string expected, YamlPosition start)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != expected)
        {
            throw Error(start, $"the tag {tag.Value} is not known");
        }
    }

    private static YamlPosition At(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private YamlReadException Error(YamlPosition place, string message) => new(new FileError(file, place.Line, place.Column, "", message));
}

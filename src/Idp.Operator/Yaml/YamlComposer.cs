using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Idp.Operator.Yaml;

/// <summary>Turns the parser's events into values that may share parts, then each document into JSON.</summary>
internal sealed class YamlComposer(IParser parser, string file, YamlLimits limits)
{
    private readonly Dictionary<string, YamlValue> _anchors = new(StringComparer.Ordinal);

    public IEnumerable<YamlDocument> Documents()
    {
        parser.Consume<StreamStart>();
        while (!parser.TryConsume<StreamEnd>(out _))
        {
            parser.Consume<DocumentStart>();
            _anchors.Clear();
            var root = Compose(1);
            parser.Consume<DocumentEnd>();
            yield return new YamlExpansion(file, limits).Expand(root);
        }
    }

    private YamlValue Compose(int depth)
    {
        var start = parser.Current?.Start ?? Mark.Empty;
        if (depth > limits.Depth)
        {
            throw Error(start, $"more than {limits.Depth} levels deep");
        }

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

    private (YamlValue Value, AnchorName Anchor) ComposeValue(int depth, Mark start)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return (new YamlValue(At(start)) { Scalar = Resolve(scalar) }, scalar.Anchor);
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            RefuseTag(sequence.Tag, "tag:yaml.org,2002:seq", start);
            var items = new List<YamlValue>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Compose(depth + 1));
            }

            return (new YamlValue(At(start)) { Items = items }, sequence.Anchor);
        }

        var mapping = parser.Consume<MappingStart>();
        RefuseTag(mapping.Tag, "tag:yaml.org,2002:map", start);
        return (new YamlValue(At(start)) { Entries = ComposeEntries(depth) }, mapping.Anchor);
    }

    private List<YamlEntry> ComposeEntries(int depth)
    {
        var entries = new List<YamlEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var start = parser.Current?.Start ?? Mark.Empty;
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

            entries.Add(new YamlEntry(key.Value, At(start), Compose(depth + 1)));
        }

        return entries;
    }

    private ScalarToken Resolve(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value;
        var plain = scalar.Style == ScalarStyle.Plain && !scalar.Tag.IsNonSpecific;
        return CoreSchema.Resolve(scalar.Value, plain, tag)
            ?? throw Error(scalar.Start, tag.Length == 0
                ? $"{scalar.Value} is a number that JSON cannot hold: put it in quotes if it is text"
                : $"the value is not of the type that its tag {tag} says");
    }

    private void RefuseTag(TagName tag, string expected, Mark start)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != expected)
        {
            throw Error(start, $"the tag {tag.Value} is not known");
        }
    }

    private static YamlPosition At(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private YamlReadException Error(Mark mark, string message) =>
        new(new FileError(file, (int)mark.Line, (int)mark.Column, "", message));
}

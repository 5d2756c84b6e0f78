using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Operator.Tests.Observability;

/// <summary>Reads the Prometheus text format, and takes nothing that the format does not allow.</summary>
internal sealed partial class PrometheusTextParser
{
    private readonly Dictionary<string, string> _types = [];
    private readonly HashSet<string> _finished = [];
    private string _family = "";

    public Dictionary<string, double> Samples { get; } = [];

    public IReadOnlyDictionary<string, string> Types => _types;

    public static PrometheusTextParser Parse(string text)
    {
        text.Should().EndWith("\n");
        text.Should().NotContain("\r");
        var parser = new PrometheusTextParser();
        foreach (var line in text[..^1].Split('\n'))
        {
            parser.Read(line);
        }

        parser.CheckHistograms();
        return parser;
    }

    private void Read(string line)
    {
        if (Help().Match(line) is { Success: true } help)
        {
            Begin(help.Groups["name"].Value);
            return;
        }

        if (Type().Match(line) is { Success: true } type)
        {
            Begin(type.Groups["name"].Value);
            _types.Add(_family, type.Groups["type"].Value);
            return;
        }

        var sample = Sample().Match(line);
        sample.Success.Should().BeTrue($"'{line}' is a line of the format");
        var name = sample.Groups["name"].Value;
        var family = _types[_family] == "histogram" ? Suffix().Replace(name, "") : name;
        family.Should().Be(_family, "a sample stands below its TYPE");
        var value = sample.Groups["value"].Value;
        Samples.Add(
            name + sample.Groups["labels"].Value.Replace("{}", "", StringComparison.Ordinal),
            value switch
            {
                "+Inf" => double.PositiveInfinity,
                "-Inf" => double.NegativeInfinity,
                _ => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture),
            });
    }

    private void Begin(string family)
    {
        if (family == _family)
        {
            return;
        }

        _finished.Add(_family);
        _finished.Should().NotContain(family, "a family comes in one piece");
        _family = family;
    }

    private void CheckHistograms()
    {
        foreach (var family in _types.Where(t => t.Value == "histogram").Select(t => t.Key))
        {
            var last = double.NegativeInfinity;
            double count = 0;
            foreach (var (name, value) in Samples.Where(s => s.Key.StartsWith(family + "_bucket{", StringComparison.Ordinal)))
            {
                var bound = Bound().Match(name).Groups[1].Value;
                var le = bound == "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture);
                var starts = le <= last;
                value.Should().BeGreaterThanOrEqualTo(starts ? 0 : count, "buckets are cumulative");
                (last, count) = (le, value);
            }

            double.IsPositiveInfinity(last).Should().BeTrue($"{family} has a bucket +Inf");
        }
    }

    [GeneratedRegex(@"\A# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\]|\\\\|\\n)*\z")]
    private static partial Regex Help();

    [GeneratedRegex(@"\A# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram|summary|untyped)\z")]
    private static partial Regex Type();

    [GeneratedRegex(
        @"\A(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{(?:[a-zA-Z_][a-zA-Z0-9_]*=""(?:[^""\\\n]|\\\\|\\""|\\n)*"",?)*\})? (?<value>[-+]?(?:Inf|[0-9.]+(?:E[-+]?[0-9]+)?)|NaN)\z")]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex("""le="([^"]+)"}$""")]
    private static partial Regex Bound();
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Bench.Measuring;

/// <summary>The figures of one size, in the order in which they were measured.</summary>
/// <param name="Apps">How many applications there were.</param>
internal sealed record Figures(int Apps)
{
    private readonly List<(string Name, double Value)> _all = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<(string Name, double Value)> All => _all;

    /// <summary>One of them; null where it was not measured.</summary>
    public double? Of(string name) => _all.Where(figure => figure.Name == name).Select(figure => (double?)figure.Value).FirstOrDefault();

    /// <summary>Notes a figure.</summary>
    public void Add(string name, double value) => _all.Add((name, Math.Round(value, 3)));

    /// <summary>Notes the median and the 99th percentile of samples; the highest stands for the latter below a hundred samples.</summary>
    public void AddPercentiles(string name, IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToList();
        Add($"{name}_p50_ms", sorted[sorted.Count / 2]);
        Add($"{name}_p99_ms", sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(sorted.Count * 0.99) - 1)]);
    }

    /// <summary>As JSON.</summary>
    public JsonObject ToJson() => new(_all.Select(figure => KeyValuePair.Create<string, JsonNode?>(figure.Name, figure.Value)));

    /// <summary>A figure for people.</summary>
    public static string Print(double? value) => value switch
    {
        null => "-",
        >= 100 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}

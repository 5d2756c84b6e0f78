using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Bench.Measuring;

/// <summary>The figures of all sizes, as JSON for programs and as a table for people.</summary>
internal sealed class Report(string path)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };
    private readonly List<Figures> _sizes = [];

    /// <summary>Takes in a size and writes the file anew: what was measured is kept whatever comes after.</summary>
    public void Add(Figures figures)
    {
        _sizes.Add(figures);
        var json = new JsonObject(_sizes.Select(size => KeyValuePair.Create<string, JsonNode?>($"apps_{size.Apps}", size.ToJson())));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, Indented);
        json.WriteTo(writer);
    }

    /// <summary>One row a figure, one column a size, and what it grows by from each size to the next.</summary>
    public string Table()
    {
        var text = new StringBuilder($"{"figure",-40}");
        foreach (var size in _sizes)
        {
            text.Append($" {$"N={size.Apps}",12}");
        }

        text.AppendLine(_sizes.Count > 1 ? "   growth per step (N grows " + string.Join(", ", Steps(size => size.Apps)) + ")" : "");
        foreach (var name in _sizes.SelectMany(size => size.All).Select(figure => figure.Name).Distinct(StringComparer.Ordinal))
        {
            text.Append($"{name,-40}");
            _sizes.ForEach(size => text.Append($" {Figures.Print(size.Of(name)),12}"));
            text.AppendLine("   " + string.Join(", ", Steps(size => size.Of(name))));
        }

        return text.ToString();
    }

    private IEnumerable<string> Steps(Func<Figures, double?> read) => _sizes.Zip(_sizes.Skip(1), (before, after) =>
        read(before) is { } small && read(after) is { } large && small != 0 ? $"×{Figures.Print(large / small)}" : "-");
}

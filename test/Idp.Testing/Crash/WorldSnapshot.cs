namespace Idp.Testing.Crash;

/// <summary>Everything there is because of one application: each thing by name, with what is true of it.</summary>
internal sealed class WorldSnapshot
{
    private readonly SortedDictionary<string, IReadOnlyDictionary<string, string>> _things = new(StringComparer.Ordinal);

    /// <summary>Makes a snapshot; things of the same name are several things, in an order that only they decide.</summary>
    public WorldSnapshot(IEnumerable<Thing> things)
    {
        foreach (var alike in things.GroupBy(thing => thing.Name, StringComparer.Ordinal))
        {
            foreach (var (index, thing) in alike.OrderBy(thing => string.Join('\n', thing.Facts), StringComparer.Ordinal).Index())
            {
                _things[index == 0 ? thing.Name : $"{thing.Name} #{index + 1}"] = thing.Facts;
            }
        }
    }

    /// <summary>The names of all things.</summary>
    public IReadOnlyCollection<string> Names => _things.Keys;

    /// <summary>Where a world is not as this one, one line each, who owns which field last; empty where they are alike.</summary>
    public IReadOnlyList<string> Differences(WorldSnapshot found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return
        [
            .. Names.Except(found.Names).Select(name => $"missing: {name}"),
            .. found.Names.Except(Names).Select(name => $"left over or doubled: {name}"),
            .. from name in Names.Intersect(found.Names)
               from line in Differences(_things[name], found._things[name])
               orderby line.StartsWith("metadata.managedFields", StringComparison.Ordinal)
               select $"{name}: {line}",
        ];
    }

    private static IEnumerable<string> Differences(
        IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> found) =>
        from path in expected.Keys.Union(found.Keys).Order(StringComparer.Ordinal)
        let wanted = expected.GetValueOrDefault(path)
        let actual = found.GetValueOrDefault(path)
        where wanted != actual
        select $"{path} is {Print(actual)}, undisturbed {Print(wanted)}";

    private static string Print(string? value) => value is null ? "absent" : $"\"{value}\"";
}

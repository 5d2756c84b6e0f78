using System.Collections;
using System.Text.Json;

namespace Idp.GitHub;

/// <summary>Settings of a repository that are on or off, under the names that GitHub's API gives them, such as <c>has_wiki</c>.</summary>
/// <remarks>
/// One that is not among them was not shown to this token, or is to be left alone. Two that say the same are equal. See
/// <see href="https://docs.github.com/en/rest/repos/repos#update-a-repository"/>.
/// </remarks>
public sealed class RepositorySwitches : IEnumerable<KeyValuePair<string, bool>>, IEquatable<RepositorySwitches>
{
    /// <summary>None of them.</summary>
    public static readonly RepositorySwitches None = new();

    private readonly SortedDictionary<string, bool> _values = new(StringComparer.Ordinal);

    /// <summary>Whether a setting is on; null where it is not among these.</summary>
    /// <param name="name">GitHub's name for it.</param>
    public bool? this[string name]
    {
        get => _values.TryGetValue(name, out var on) ? on : null;
        init
        {
            if (value is { } on)
            {
                _values[name] = on;
            }
        }
    }

    /// <summary>Those that are not null.</summary>
    public static RepositorySwitches Of(IEnumerable<(string Name, bool? On)> values)
    {
        var switches = new RepositorySwitches();
        foreach (var (name, on) in values)
        {
            if (on is { } known)
            {
                switches._values[name] = known;
            }
        }

        return switches;
    }

    /// <inheritdoc/>
    public bool Equals(RepositorySwitches? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RepositorySwitches);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, bool>> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _values);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Everything that is on or off in an answer; what GitHub has of other kinds, today or one day, is not among them.</summary>
    /// <exception cref="InvalidOperationException">What GitHub describes as on or off is something else.</exception>
    internal static RepositorySwitches Read(JsonElement repository) => Of(
        from member in repository.EnumerateObject()
        where member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False || (IsSwitch(member.Name) && member.Value.ValueKind != JsonValueKind.Null)
        select (member.Name, (bool?)member.Value.GetBoolean()));

    // The others that are wanted are checked by Octokit's model.
    private static bool IsSwitch(string name) => name is "has_issues" or "has_projects" or "has_wiki";
}

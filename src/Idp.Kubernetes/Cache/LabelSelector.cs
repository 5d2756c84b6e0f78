using System.Buffers;

namespace Idp.Kubernetes.Cache;

/// <summary>Which objects a selector means, decided here as the server decides it.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors</remarks>
internal sealed class LabelSelector
{
    private static readonly SearchValues<char> NotInKeys = SearchValues.Create(" ()!=,");

    private readonly IReadOnlyList<Requirement> _requirements;

    private LabelSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    /// <summary>Reads a selector.</summary>
    /// <param name="text">Such as <c>app=web,tier in (a, b),!old</c>; null or empty for all objects.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static LabelSelector Parse(string? text) =>
        new([.. SplitTerms(text ?? "").Select(term => ReadTerm(term.Trim()))]);

    /// <summary>Whether an object with these labels is meant.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels) =>
        _requirements.All(requirement => requirement.Matches(labels));

    private static IEnumerable<string> SplitTerms(string text)
    {
        var (start, depth) = (0, 0);
        for (var index = 0; index < text.Length; index++)
        {
            depth += text[index] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[index] == ',' && depth == 0)
            {
                yield return text[start..index];
                start = index + 1;
            }
        }

        if (!string.IsNullOrWhiteSpace(text))
        {
            yield return text[start..];
        }
    }

    private static Requirement ReadTerm(string term)
    {
        if (term.EndsWith(')'))
        {
            return ReadSet(term);
        }

        var equals = term.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return term.StartsWith('!')
                ? new Requirement(Checked(term[1..], term), Wanted: false, null)
                : new Requirement(Checked(term, term), Wanted: true, null);
        }

        var negated = equals > 0 && term[equals - 1] == '!';
        var key = term[..(negated ? equals - 1 : equals)];
        return new Requirement(Checked(key, term), !negated, [term[(equals + 1)..].TrimStart('=').Trim()]);
    }

    private static Requirement ReadSet(string term)
    {
        var open = term.IndexOf('(', StringComparison.Ordinal);
        var head = open < 0 ? [] : term[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return head is [var key, "in" or "notin"]
            ? new Requirement(
                Checked(key, term),
                head[1] == "in",
                [.. term[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries)])
            : throw Malformed(term);
    }

    private static string Checked(string key, string term) =>
        key.Trim() is { Length: > 0 } name && !name.AsSpan().ContainsAny(NotInKeys) ? name : throw Malformed(term);

    private static FormatException Malformed(string term) => new($"'{term}' is no label selector.");

    /// <summary>One term: the label has one of the values (or, without values, is there), or it has not.</summary>
    private sealed record Requirement(string Key, bool Wanted, IReadOnlyList<string>? Values)
    {
        public bool Matches(IReadOnlyDictionary<string, string> labels) =>
            (labels.TryGetValue(Key, out var value) && (Values is null || Values.Contains(value))) == Wanted;
    }
}

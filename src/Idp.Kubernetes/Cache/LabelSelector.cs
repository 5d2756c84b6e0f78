using System.Text.RegularExpressions;

namespace Idp.Kubernetes.Cache;

/// <summary>Which objects a selector means, decided here as the server decides it.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors</remarks>
internal sealed partial class LabelSelector
{
    private readonly IReadOnlyList<Requirement> _requirements;

    private LabelSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    /// <summary>Reads a selector such as <c>app=web,tier in (a, b),!old</c>; null or an empty one means all objects.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static LabelSelector Parse(string? text) =>
        new(string.IsNullOrWhiteSpace(text) ? [] : [.. Comma().Split(text).Select(Read)]);

    /// <summary>Whether an object with these labels is meant.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels) =>
        _requirements.All(requirement => requirement.Matches(labels));

    private static Requirement Read(string text)
    {
        var term = Term().Match(text);
        if (!term.Success)
        {
            throw new FormatException($"'{text.Trim()}' is no label selector.");
        }

        var values = term.Groups["values"];
        return new Requirement(
            term.Groups["key"].Value,
            Wanted: term.Groups["not"].Length == 0 && term.Groups["operator"].Value is not ("!=" or "notin"),
            values.Success ? values.Value.Split(',', StringSplitOptions.TrimEntries) : null);
    }

    // Between terms, not between the values of one.
    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Comma();

    // !key, or key alone, with a value, or with one of several
    [GeneratedRegex(@"^\s*(?:(?<not>!)(?<key>[^\s()!=]+)|(?<key>[^\s()!=]+)(?:\s*(?<operator>==?|!=)(?<values>[^()]*)|\s+(?<operator>in|notin)\s*\((?<values>[^()]*)\))?)\s*$")]
    private static partial Regex Term();

    /// <summary>One term: the label has one of the values (or, without values, is there), or it has not.</summary>
    private sealed record Requirement(string Key, bool Wanted, IReadOnlyList<string>? Values)
    {
        public bool Matches(IReadOnlyDictionary<string, string> labels) =>
            (labels.TryGetValue(Key, out var value) && (Values is null || Values.Contains(value))) == Wanted;
    }
}

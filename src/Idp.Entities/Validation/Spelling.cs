using System.Text.RegularExpressions;

namespace Idp.Entities;

/// <summary>How a string of one sort is spelled.</summary>
internal sealed record Spelling(Regex Pattern, int MaxLength, string Rule)
{
    /// <summary>The length comes first: it bounds what the regular expression has to look at.</summary>
    public bool Matches(string value) => value.Length <= MaxLength && Pattern.IsMatch(value);
}

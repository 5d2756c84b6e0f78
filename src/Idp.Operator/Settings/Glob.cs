namespace Idp.Operator.Settings;

/// <summary>Patterns in which <c>*</c> stands for any text, the empty one and slashes included.</summary>
internal static class Glob
{
    /// <summary>Whether the whole text fits the pattern; takes time in proportion to both lengths at the most.</summary>
    public static bool Matches(string pattern, string text, StringComparison comparison)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return string.Equals(pattern, text, comparison);
        }

        var (head, tail) = (parts[0], parts[^1]);
        if (text.Length < head.Length + tail.Length || !text.StartsWith(head, comparison) || !text.EndsWith(tail, comparison))
        {
            return false;
        }

        // The first place that fits is as good as any other, because only text between the stars is left to match.
        var at = head.Length;
        var end = text.Length - tail.Length;
        foreach (var part in parts[1..^1])
        {
            var found = text.IndexOf(part, at, end - at, comparison);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return true;
    }
}

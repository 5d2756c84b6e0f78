namespace Idp.Operator.Yaml;

/// <summary>Guesses what somebody meant to write.</summary>
internal static class Spelling
{
    /// <summary>Returns <c>: did you mean 'x'?</c> for the nearest candidate, or nothing if none is near.</summary>
    public static string Hint(string written, IEnumerable<string> candidates)
    {
        var nearest = candidates
            .Select(candidate => (Text: candidate, Distance: Distance(written.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Text is not null && nearest.Distance <= Math.Max(1, Math.Min(3, nearest.Text.Length / 3))
            ? $": did you mean '{nearest.Text}'?"
            : "";
    }

    /// <summary>How many letters to insert, drop or change (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        // Far apart at a glance: no need to count.
        if (Math.Abs(left.Length - right.Length) > 3)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}

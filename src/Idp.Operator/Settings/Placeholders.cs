using System.Text;

namespace Idp.Operator.Settings;

/// <summary>Fills <c>{name}</c> in the rules of <c>platform.yaml</c>.</summary>
internal static class Placeholders
{
    /// <summary>Replaces every placeholder that has a value, in one pass; leaves the others as they are.</summary>
    public static string Fill(string rule, Func<string, string?> value)
    {
        var text = new StringBuilder(rule.Length);
        var at = 0;
        foreach (var (start, name) in Find(rule))
        {
            text.Append(rule, at, start - at).Append(value(name) ?? $"{{{name}}}");
            at = start + name.Length + 2;
        }

        return text.Append(rule, at, rule.Length - at).ToString();
    }

    /// <summary>The placeholders of a rule: where each starts, and its name.</summary>
    public static IEnumerable<(int Start, string Name)> Find(string rule)
    {
        var end = -1;
        for (var start = rule.IndexOf('{'); start >= 0; start = rule.IndexOf('{', end + 1))
        {
            end = rule.IndexOf('}', start);
            if (end < 0)
            {
                yield break;
            }

            yield return (start, rule[(start + 1)..end]);
        }
    }
}

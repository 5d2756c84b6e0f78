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

/// <summary>One environment of one application: what the rules in <c>platform.yaml</c> may speak of.</summary>
public sealed record Place
{
    /// <summary>The application, for <c>{application}</c>.</summary>
    public required string Application { get; init; }

    /// <summary>The environment, for <c>{environment}</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>The namespace that the environment runs in, for <c>{namespace}</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>The team that owns the application, for <c>{team}</c>.</summary>
    public required string Team { get; init; }

    /// <summary>Returns the rule with its placeholders replaced; what is put in is not looked at again.</summary>
    public string Fill(string rule) => Placeholders.Fill(rule, name => name switch
    {
        "application" => Application,
        "environment" => Environment,
        "namespace" => Namespace,
        "team" => Team,
        _ => null,
    });
}

using System.Text.RegularExpressions;

namespace Idp.Operator.Settings;

/// <summary>Fills <c>{name}</c> in the rules of <c>platform.yaml</c>.</summary>
internal static partial class Placeholders
{
    /// <summary>Replaces every placeholder that has a value, in one pass; leaves the others as they are.</summary>
    public static string Fill(string rule, Func<string, string?> value) => Placeholder().Replace(rule, match => value(match.Groups[1].Value) ?? match.Value);

    /// <summary>The names of the placeholders of a rule.</summary>
    public static IEnumerable<string> NamesIn(string rule) => Placeholder().Matches(rule).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Placeholder();
}

/// <summary>One environment of one application: what the rules in <c>platform.yaml</c> may speak of.</summary>
public sealed record EnvironmentIdentity
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

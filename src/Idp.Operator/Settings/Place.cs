namespace Idp.Operator.Settings;

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

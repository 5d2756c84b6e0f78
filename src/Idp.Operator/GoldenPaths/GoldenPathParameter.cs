namespace Idp.Operator.GoldenPaths;

/// <summary>Something that an application may choose about its golden path.</summary>
public sealed record GoldenPathParameter
{
    /// <summary>The name, for <c>spec.template.parameters</c> and for <c>{{ parameters.NAME }}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it decides, in a sentence.</summary>
    public string Description { get => field ?? ""; init; }

    /// <summary>What its values look like.</summary>
    public required ParameterType Type { get; init; }

    /// <summary>The value if none is given; without one and without <see cref="Required"/> the empty string.</summary>
    public string? Default { get; init; }

    /// <summary>The regular expression that a string must match as a whole; only for <see cref="ParameterType.Text"/>.</summary>
    public string? Pattern { get; init; }

    /// <summary>The values to choose from; only for <see cref="ParameterType.Choice"/>.</summary>
    public IReadOnlyList<string> Values { get => field ?? []; init; }

    /// <summary>The smallest integer; only for <see cref="ParameterType.Number"/>.</summary>
    public long? Minimum { get; init; }

    /// <summary>The largest integer; only for <see cref="ParameterType.Number"/>.</summary>
    public long? Maximum { get; init; }

    /// <summary>Whether a value must be given.</summary>
    public bool Required { get; init; }
}

namespace Idp.Bench;

/// <summary>What the command line says.</summary>
internal sealed record BenchOptions
{
    /// <summary>The operator's published program.</summary>
    public required string Binary { get; init; }

    /// <summary>Where logs and settings of the run are.</summary>
    public required string Directory { get; init; }

    /// <summary>How long an idle operator is watched; figures are those of a minute.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many times each latency is measured.</summary>
    public int Samples { get; init; } = 100;

    /// <summary>How many starts an edit is made into.</summary>
    public int Starts { get; init; } = 10;
}

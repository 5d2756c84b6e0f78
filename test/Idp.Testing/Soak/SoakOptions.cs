namespace Idp.Testing.Soak;

/// <summary>What the command line of a long run says.</summary>
internal sealed record SoakOptions
{
    /// <summary>Where logs and repositories are kept.</summary>
    public required string Directory { get; init; }

    /// <summary>How many applications there are.</summary>
    public int Applications { get; init; } = 10;

    /// <summary>After how long to give up.</summary>
    public required TimeSpan Limit { get; init; }

    /// <summary>Where time comes from.</summary>
    public required TimeProvider Clock { get; init; }
}

namespace Idp.Testing.Soak;

/// <summary>One thing that the operator is made to do very often.</summary>
internal interface ISoakPart
{
    /// <summary>What, and how often, for people.</summary>
    string Name { get; }

    /// <summary>Does it, with a sample of the operator's memory after every hundredth part.</summary>
    /// <returns>What the samples say.</returns>
    /// <exception cref="SoakFailedException">The operator did not do what it should; the message says what.</exception>
    Task<MemoryTrend> RunAsync(SoakWorld world, CancellationToken cancellationToken);
}

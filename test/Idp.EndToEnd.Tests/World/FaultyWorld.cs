namespace Idp.EndToEnd.Tests.World;

/// <summary>A world for tests in which the way between operator and API server is bad. There are two, for the same reason as of <see cref="SharedWorld"/>.</summary>
[CollectionDefinition(Name)]
public sealed class FaultyWorld : ICollectionFixture<FaultyPlatform>
{
    public const string Name = "the world of faults";

    /// <summary>For watches that break, and others who write what is ours.</summary>
    public const string OfWatches = "the world of broken watches";

    [CollectionDefinition(OfWatches)]
    public sealed class Watches : ICollectionFixture<FaultyPlatform>;
}

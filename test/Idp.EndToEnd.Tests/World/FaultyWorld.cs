namespace Idp.EndToEnd.Tests.World;

/// <summary>A world for tests in which the way between operator and API server is bad.</summary>
[CollectionDefinition(Name)]
public sealed class FaultyWorld : ICollectionFixture<FaultyPlatform>
{
    public const string Name = "the world of faults";
}

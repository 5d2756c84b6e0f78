namespace Idp.EndToEnd.Tests.World;

/// <summary>One world for nearly all tests: each keeps to its own teams and applications.</summary>
[CollectionDefinition(Name)]
public sealed class SharedWorld : ICollectionFixture<Platform>
{
    public const string Name = "the shared world";
}

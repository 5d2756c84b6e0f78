namespace Idp.EndToEnd.Tests.World;

/// <summary>The world in which private repositories are private.</summary>
[CollectionDefinition(Name)]
public sealed class PrivateWorld : ICollectionFixture<PrivatePlatform>
{
    public const string Name = "the world of private repositories";
}

namespace Idp.EndToEnd.Tests.World;

/// <summary>A world whose platform sets everything that a repository can be beyond its files.</summary>
[CollectionDefinition(Name)]
public sealed class WholeWorld : ICollectionFixture<WholePlatform>
{
    public const string Name = "the world of whole repositories";
}

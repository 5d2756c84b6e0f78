namespace Idp.EndToEnd.Tests.OddObjects;

/// <summary>A world for objects that nobody would write; in the end it has no schema that refuses them.</summary>
[CollectionDefinition(Name)]
public sealed class OddWorld : ICollectionFixture<OddPlatform>
{
    public const string Name = "the odd world";
}

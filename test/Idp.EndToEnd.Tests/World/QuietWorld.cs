namespace Idp.EndToEnd.Tests.World;

/// <summary>A world for what concerns all of it: how quiet it is, and which kinds it serves.</summary>
[CollectionDefinition(Name)]
public sealed class QuietWorld : ICollectionFixture<Platform>
{
    public const string Name = "the quiet world";
}

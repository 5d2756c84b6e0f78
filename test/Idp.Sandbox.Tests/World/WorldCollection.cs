namespace Idp.Sandbox.Tests.World;

/// <summary>The tests that share one world; each keeps to namespaces and repositories of its own.</summary>
[CollectionDefinition(Name)]
public sealed class WorldCollection : ICollectionFixture<WorldFixture>
{
    public const string Name = "one world";
}

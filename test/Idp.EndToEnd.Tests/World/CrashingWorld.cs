namespace Idp.EndToEnd.Tests.World;

/// <summary>A world for tests that kill operators: nobody else may rely on the one that runs.</summary>
[CollectionDefinition(Name)]
public sealed class CrashingWorld : ICollectionFixture<Platform>
{
    public const string Name = "the world of crashes";
}

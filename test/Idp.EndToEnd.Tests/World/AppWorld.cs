namespace Idp.EndToEnd.Tests.World;

/// <summary>The world of the operator that works as a GitHub App.</summary>
[CollectionDefinition(Name)]
public sealed class AppWorld : ICollectionFixture<AppPlatform>
{
    public const string Name = "the world of the App";
}

namespace Idp.EndToEnd.Tests.World;

/// <summary>The world into which the operator is installed as its documentation says.</summary>
[CollectionDefinition(Name)]
public sealed class InstalledWorld : ICollectionFixture<InstalledPlatform>
{
    public const string Name = "the world of the installation";
}

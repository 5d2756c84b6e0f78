namespace Idp.EndToEnd.Tests.World;

/// <summary>The world in which hours pass in minutes. It takes all of the machine for itself, so others come before or after.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HurriedWorld : ICollectionFixture<HurriedPlatform>
{
    public const string Name = "the hurried world";
}

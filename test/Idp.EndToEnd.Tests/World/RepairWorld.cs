namespace Idp.EndToEnd.Tests.World;

/// <summary>The world of what is broken and mended. It takes all of the machine for itself, so others come before or after.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RepairWorld : ICollectionFixture<RepairPlatform>
{
    public const string Name = "the world of repairs";
}

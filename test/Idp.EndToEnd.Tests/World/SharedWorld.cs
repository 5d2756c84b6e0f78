namespace Idp.EndToEnd.Tests.World;

/// <summary>
/// One world for most tests: each keeps to its own teams and applications. There are three of it, alike, because the classes of one world run
/// one after the other and wait most of the time; the folder of a class says which is its own.
/// </summary>
[CollectionDefinition(Name)]
public sealed class SharedWorld : ICollectionFixture<Platform>
{
    public const string Name = "the shared world";

    /// <summary>For what is safe.</summary>
    public const string OfSafety = "the shared world of safety";

    /// <summary>For GitHub.</summary>
    public const string OfGitHub = "the shared world of GitHub";

    [CollectionDefinition(OfSafety)]
    public sealed class Safety : ICollectionFixture<Platform>;

    [CollectionDefinition(OfGitHub)]
    public sealed class GitHub : ICollectionFixture<Platform>;
}

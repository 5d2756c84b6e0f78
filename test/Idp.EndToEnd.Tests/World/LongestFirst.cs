using Idp.EndToEnd.Tests.Tenants;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Idp.EndToEnd.Tests.World.LongestFirst", "Idp.EndToEnd.Tests")]

namespace Idp.EndToEnd.Tests.World;

/// <summary>Begins with the worlds that take longest, so that none of them is alone at the end. Which they are shows the log of a run.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        InstalledWorld.Name, FaultyWorld.Name, CrashingWorld.Name, TenantsWorld.Name, FaultyWorld.OfWatches, SharedWorld.OfGitHub, QuietWorld.Name,
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.IndexOf(Longest, collection.DisplayName) is >= 0 and var place ? place : Longest.Length);
}

using FsCheck;
using Idp.Kubernetes.Tests.Models;

namespace Idp.Kubernetes.Tests.Cache;

/// <summary>Random histories of a server and of the way from it; whatever happened, in the end the store is as the server.</summary>
public sealed class WatchModelTest
{
    [Fact]
    public void RandomHistories_EndWithTheStoreAsTheServer() => Check(WatchStep.Any, mayGoBack: true);

    [Fact]
    public void OfAServerThatShowsNoPast_NothingEverGoesBack() => Check(WatchStep.Honest, mayGoBack: false);

    private static void Check(Gen<WatchStep> steps, bool mayGoBack) => RandomTest.Check(1_000, longest: 120, steps, history =>
    {
        // Without a context everything goes on at once and on this thread: a seed always gives the same run.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            using var both = new StoreBesideServer(mayGoBack);
            foreach (var step in history.Steps)
            {
                both.Step(step);
            }

            both.ComeToTheEnd();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    });
}

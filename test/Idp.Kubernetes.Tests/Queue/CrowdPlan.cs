using FsCheck;
using FsCheck.Fluent;

namespace Idp.Kubernetes.Tests.Queue;

/// <summary>How many threads do how much with a queue at once.</summary>
/// <param name="Adders">How many add keys.</param>
/// <param name="Takers">How many take keys, some of which often give up.</param>
/// <param name="Keys">How many keys there are.</param>
/// <param name="Adds">How many each adds.</param>
/// <param name="ShutDownAfter">After how many hand-outs the queue is shut down; null for never.</param>
/// <param name="Seed">What each thread's choices come from; how they interleave is the machine's.</param>
public sealed record CrowdPlan(int Adders, int Takers, int Keys, int Adds, int? ShutDownAfter, int Seed)
{
    public static Gen<CrowdPlan> Any { get; } =
        from adders in Gen.Choose(1, 6)
        from takers in Gen.Choose(1, 8)
        from keys in Gen.Choose(1, 24)
        from adds in Gen.Choose(50, 600)
        from shutDown in Gen.Frequency((2, Gen.Constant((int?)null)), (1, Gen.Choose(1, 200).Select(after => (int?)after)))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new CrowdPlan(adders, takers, keys, adds, shutDown, seed);
}

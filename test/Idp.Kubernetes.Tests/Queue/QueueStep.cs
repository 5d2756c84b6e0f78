using FsCheck;
using FsCheck.Fluent;
using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Tests.Queue;

/// <summary>What somebody does with a queue.</summary>
public abstract record QueueStep
{
    private QueueStep()
    {
    }

    /// <summary>Few keys and coarse times, so that they meet often; a shutdown seldom, since little happens after it.</summary>
    public static Gen<QueueStep> Any { get; } = Gen.Frequency(
        (30, from key in Gen.Choose(0, 5)
             from priority in Gen.Elements(Enum.GetValues<QueuePriority>())
             from delay in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(0, 12)))
             select (QueueStep)new Add(key, priority, delay)),
        (25, Gen.Constant((QueueStep)new Take())),
        (20, Gen.Choose(0, 9).Select(nth => (QueueStep)new Done(nth))),
        (8, Gen.Choose(0, 9).Select(nth => (QueueStep)new Cancel(nth))),
        (16, Gen.Choose(0, 10).Select(seconds => (QueueStep)new Advance(seconds))),
        (1, Gen.Constant((QueueStep)new ShutDown())));

    public sealed record Add(int Key, QueuePriority Priority, int Delay) : QueueStep;

    public sealed record Take : QueueStep;

    /// <summary>Gives back one of the keys that are held.</summary>
    public sealed record Done(int Nth) : QueueStep;

    /// <summary>One of those who wait for a key gives up.</summary>
    public sealed record Cancel(int Nth) : QueueStep;

    public sealed record Advance(int Seconds) : QueueStep;

    public sealed record ShutDown : QueueStep;
}

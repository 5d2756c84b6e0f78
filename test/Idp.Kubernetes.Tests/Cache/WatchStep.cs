using FsCheck;
using FsCheck.Fluent;

namespace Idp.Kubernetes.Tests.Cache;

/// <summary>What happens at a server, on the way from it, or to the clock.</summary>
public abstract record WatchStep
{
    private WatchStep()
    {
    }

    /// <summary>How a request may fail.</summary>
    public enum Failure
    {
        /// <summary>The connection broke, or the server could not answer.</summary>
        Unavailable,

        /// <summary>410: the place to go on from is not known any more.</summary>
        Gone,

        /// <summary>429, with a time to wait.</summary>
        TooMany,

        /// <summary>404: the kind's definition is away.</summary>
        NotServed,
    }

    /// <summary>What any server does on a bad day.</summary>
    /// <remarks>Few names, so that objects come back under the name of others; more answers than changes, so that some arrive.</remarks>
    public static Gen<WatchStep> Honest { get; } = Gen.Frequency(
        (20, from name in AnyName from own in AnyBool select (WatchStep)new Write(name, own)),
        (8, from name in AnyName from own in AnyBool select (WatchStep)new Delete(name, own)),
        (25, Gen.Choose(0, 9).Select(nth => (WatchStep)new Observe(nth))),
        (30, Gen.Constant((WatchStep)new Answer())),
        (4, Gen.Elements(Failure.Unavailable, Failure.Gone, Failure.TooMany).Select(how => (WatchStep)new Fail(how))),
        (3, Gen.Constant((WatchStep)new End())),
        (3, Gen.Constant((WatchStep)new Bookmark())),
        (3, Gen.Choose(0, 3).Select(back => (WatchStep)new Repeat(back))),
        (3, Gen.Constant((WatchStep)new Compact())),
        (8, Gen.Elements(1, 5, 40, 300).Select(seconds => (WatchStep)new Wait(seconds))));

    /// <summary>The same, and what makes a store go back in time for a while.</summary>
    public static Gen<WatchStep> Any { get; } = Gen.Frequency(
        (100, Honest),
        (6, from name in AnyName from own in AnyBool select (WatchStep)new Relabel(name, own)),
        (3, Gen.Choose(1, 6).Select(by => (WatchStep)new AnswerStale(by))),
        (2, Gen.Constant((WatchStep)new Fail(Failure.NotServed))));

    private static Gen<bool> AnyBool => Gen.Elements(true, false);

    private static Gen<string> AnyName => Gen.Elements("a", "b", "c", "d", "e");

    /// <summary>Somebody creates or changes an object; an own write is told to the store later, or never.</summary>
    public sealed record Write(string Name, bool Own) : WatchStep;

    /// <summary>An object leaves what the selector means, or comes back into it.</summary>
    public sealed record Relabel(string Name, bool Own) : WatchStep;

    public sealed record Delete(string Name, bool Own) : WatchStep;

    /// <summary>The store is told of one of the own writes that it was not told of yet, in whatever order.</summary>
    public sealed record Observe(int Nth) : WatchStep;

    /// <summary>The server answers with the next page or the next event.</summary>
    public sealed record Answer : WatchStep;

    /// <summary>A list begins that shows the past.</summary>
    public sealed record AnswerStale(int By) : WatchStep;

    public sealed record Fail(Failure How) : WatchStep;

    /// <summary>The server ends the watch.</summary>
    public sealed record End : WatchStep;

    public sealed record Bookmark : WatchStep;

    /// <summary>An event comes again: the last one, or an older one.</summary>
    public sealed record Repeat(int Back) : WatchStep;

    /// <summary>The server forgets its history: pages expire, and who was cut off must list again.</summary>
    public sealed record Compact : WatchStep;

    public sealed record Wait(int Seconds) : WatchStep;
}

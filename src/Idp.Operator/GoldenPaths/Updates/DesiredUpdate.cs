using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Reporting;

namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>What is wanted of the golden path's files in a repository that has them already, or was there before.</summary>
public sealed record DesiredUpdate
{
    /// <summary>What the repository is to follow.</summary>
    public required RenderedFor Target { get; init; }

    /// <summary>Renders the files that are wanted.</summary>
    public required Func<IReadOnlyList<RenderedFile>> Files { get; init; }

    /// <summary>Renders what an older lock says was brought; nothing where that version is not offered any more.</summary>
    public required Func<GoldenPathLock, IReadOnlyList<RenderedFile>> Render { get; init; }

    /// <summary>What status says; null where the repository follows no golden path yet.</summary>
    public TemplateStatus? Known { get; init; }

    /// <summary>Whether the repository was adopted, so that a missing lock only says that nothing was brought yet.</summary>
    public bool Adopts { get; init; }

    /// <summary>The namespace and name of the application.</summary>
    public required string BelongsTo { get; init; }

    /// <summary>Why no update may begin now; null where one may.</summary>
    public Problem? Waits { get; init; }

    /// <summary>What there is to do.</summary>
    /// <param name="seen">The pull request of status as it was seen last; null where there is none, or it was not looked at.</param>
    public UpdateAction Next(PullRequest? seen)
    {
        var isCurrent = Known is not null && Known.Version == Target.Version && Known.Inputs == Target.Inputs;
        if (Known?.Update is not { } update)
        {
            return isCurrent ? UpdateAction.None : Begin();
        }

        // What was not looked at since is taken for what it was.
        var isOffered = update.Version == Target.Version && update.Inputs == Target.Inputs;
        var isStuck = seen is { IsMergeable: false } && seen.HeadSha == update.Commit;
        return (seen?.Number == update.PullRequest ? seen.State : update.IsOpen ? PullRequestState.Open : PullRequestState.Closed) switch
        {
            // Another look tells what the repository follows now.
            PullRequestState.Merged => UpdateAction.Bring,

            // What is open already is brought up to date whatever the waves say; what is needless is taken back.
            PullRequestState.Open => isOffered && !isStuck ? UpdateAction.None : UpdateAction.Bring,

            // Closed by people, or gone.
            _ => isOffered || isCurrent ? UpdateAction.None : Begin(),
        };
    }

    /// <summary>The outcome where it could not be done: all stays as it was.</summary>
    public UpdateOutcome Refused(Problem problem) => new(Target, Known, problem);

    /// <summary>What status says of a repository that has all that is wanted.</summary>
    internal TemplateStatus Current(GoldenPathUpdatePlan plan) => new()
    {
        Name = Target.Template,
        Version = Target.Version,
        Inputs = Target.Inputs,
        Files = CountsOf(plan),
    };

    /// <summary>What status says of a repository to which a pull request brings what is wanted.</summary>
    internal TemplateStatus Offered(GoldenPathLock from, GoldenPathUpdatePlan plan, PullRequest pull, string? commit, DateTimeOffset now) => new()
    {
        Name = from.Template,
        Version = from.Version,
        Inputs = from.Inputs,
        Files = Known?.Files,
        Update = new TemplateUpdateStatus
        {
            Version = Target.Version,
            Inputs = Target.Inputs,
            PullRequest = pull.Number,
            Url = pull.Url,
            IsOpen = pull.State == PullRequestState.Open,
            Commit = commit,
            Files = CountsOf(plan),
            Since = Known?.Update is { } before && before.Version == Target.Version ? before.Since : now,
        },
    };

    private static Dictionary<string, int> CountsOf(GoldenPathUpdatePlan plan) =>
        plan.Counts.ToDictionary(count => count.Key.ToString(), count => count.Value);

    private UpdateAction Begin() => Waits is null ? UpdateAction.Bring : UpdateAction.Wait;
}

/// <summary>What there is to do about the golden path of a repository.</summary>
public enum UpdateAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To wait until an update may begin.</summary>
    Wait,

    /// <summary>To compare, and to bring what is missing.</summary>
    Bring,
}

/// <summary>What came of it.</summary>
/// <param name="Target">What it was to be brought to.</param>
/// <param name="Template">What status is to say.</param>
/// <param name="Problem">Why it was not done; null where it was.</param>
public sealed record UpdateOutcome(RenderedFor Target, TemplateStatus? Template, Problem? Problem)
{
    /// <summary>Whether this came of bringing it to that very target.</summary>
    public bool IsOf(RenderedFor target) => Target.Version == target.Version && Target.Inputs == target.Inputs && Problem?.RetryAfter is null;

    /// <summary>The pull request as GitHub has it now; null where there is none.</summary>
    public PullRequest? PullRequest { get; init; }
}

using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.BackendApps;

/// <summary>Says whether a repository is beyond its files what platform.yaml wants; never part of Ready.</summary>
internal static class RepositoryConfiguredStatus
{
    /// <summary>The condition.</summary>
    public static ConditionValue Of(BackendApp app, BackendAppPlan plan, RepositoryOutcome outcome) => (plan.Problem, outcome) switch
    {
        ({ } problem, _) => new ConditionValue(ConditionStatus.Unknown, problem.Reason, "Nothing is done before the manifest is mended."),
        _ when app.Spec.Suspend => new ConditionValue(
            ConditionStatus.Unknown, Reasons.Suspended, "It is not looked at while spec.suspend is true."),
        (_, { Problem: not null }) => new ConditionValue(
            ConditionStatus.Unknown, Reasons.DependencyNotReady, $"Waits for {Conditions.RepositoryReady}."),
        (_, { IsThere: false }) => new ConditionValue(ConditionStatus.Unknown, Reasons.Progressing, "The repository is not there yet."),
        (_, { Refusals: { Count: > 0 } refusals }) => new ConditionValue(ConditionStatus.False, refusals[0].Reason, Words(refusals)),
        _ when !plan.Resolved.Features.WantsAny => new ConditionValue(
            ConditionStatus.True, Reasons.NotConfigured, "platform.yaml sets nothing beyond the repository itself."),
        _ => new ConditionValue(ConditionStatus.True, Reasons.Succeeded, "The repository is set up as platform.yaml says."),
    };

    private static string Words(IReadOnlyList<FeatureRefusal> refusals) => string.Join(
        " ", refusals.Select(refusal => $"{refusal.Feature}: {refusal.Message}").Distinct().Append("Everything else is done; this is tried again by itself."));
}

/// <summary>Says how the repositories of one application stand together, and of what is wrong with which of them.</summary>
internal static class RepositoriesStatus
{
    /// <summary>The state of both as if they were one; that of the application's repository where it is alone.</summary>
    public static RepositoryOutcome Of(RepositoryOutcome application, RepositoryOutcome? deployment) => deployment is null
        ? application
        : application with
        {
            Repository = deployment.IsThere ? application.Repository : null,
            Problem = Named(deployment.Problem, "Deployment repository") ?? Named(application.Problem, "Application repository"),
            NextLook = application.NextLook is { } first && deployment.NextLook is { } second ? (first < second ? first : second) : null,
            Refusals =
            [
                .. application.Refusals,
                .. deployment.Refusals.Select(refusal => refusal with { Message = $"(deployment repository) {refusal.Message}" }),
            ],
        };

    private static Problem? Named(Problem? problem, string repository) =>
        problem is null ? null : problem with { Message = $"{repository}: {problem.Message}" };
}

using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>Computes what a BackendApp says while it is taken down.</summary>
internal static class DeletionStatus
{
    /// <summary>What the deletion waits for.</summary>
    public static string WaitingFor(IReadOnlyList<KubeObject> environments)
    {
        var parts = environments.Select(environment => EnvironmentView.Of(environment.Metadata.Name, environment) switch
        {
            { Ready: { Reason: Reasons.Deleting or Reasons.DeletionBlocked } ready } view => $"{view.Name} ({ready.Message})",
            var view => view.Name,
        });
        return $"Waits for its environments to be deleted: {string.Join(", ", parts)}";
    }

    /// <summary>Why the repositories may not be deleted yet; null where the name of the application's stands in the annotation.</summary>
    public static string? NotConfirmed(BackendApp app, OwnRepositories own)
    {
        var names = string.Join(" and ", own.All.Select(repository => $"{repository.FullName} (id {repository.Id})"));
        var areDeleted = own.All.Count > 1 ? $"Repositories {names} are deleted with everything in them" : $"Repository {names} is deleted with everything in it";
        return app.Metadata.Annotations.GetValueOrDefault(Annotations.ConfirmDelete) == own.Name
            ? null
            : $"{areDeleted} only after it is confirmed: "
              + $"kubectl annotate backendapp {app.Metadata.Name} -n {app.Metadata.Namespace} {Annotations.ConfirmDelete}={own.Name} "
              + $"(to keep {(own.All.Count > 1 ? "them" : "it")}, set spec.repository.deletionPolicy to Retain or Archive).";
    }

    /// <summary>The status, with everything that was known kept.</summary>
    public static BackendAppStatus Of(BackendApp app, string reason, string message, DateTimeOffset now)
    {
        var set = new ConditionSet(app.Status.Conditions, app.Metadata.Generation, now);
        foreach (var condition in app.Status.Conditions.Where(c => c.Type is not (Conditions.Reconciling or Conditions.Stalled)))
        {
            set.Set(condition.Type, condition.Status, condition.Reason, condition.Message);
        }

        set.Set(Conditions.Ready, ConditionStatus.False, reason, message);
        return app.Status with { ObservedGeneration = app.Metadata.Generation, Conditions = set.ToList() };
    }
}

/// <summary>The repositories that a BackendApp made or adopted and that are still there.</summary>
/// <param name="Name">The name of the application's repository, as it is called now or was last: it stands for all of them.</param>
/// <param name="All">The repositories, the application's first.</param>
public sealed record OwnRepositories(string Name, IReadOnlyList<Repository> All)
{
    /// <summary>Why a repository that status knows, or that was not even looked for, is left alone; null where none is.</summary>
    public Problem? LeftAlone { get; init; }

    /// <summary>The same with what a look at one more found.</summary>
    internal OwnRepositories With(ObservedRepository observed, DesiredRepository desired)
    {
        if (observed.Repository is not { } repository)
        {
            return this;
        }

        if (!observed.IsOurs)
        {
            return desired.KnownId is null ? this : this with { LeftAlone = observed.Objection };
        }

        return this with { Name = desired.BelongsTo.Role is null ? repository.Name : Name, All = [.. All, repository] };
    }
}

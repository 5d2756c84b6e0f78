using System.Text.Json.Serialization;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>What the operator saw of an application.</summary>
public sealed record BackendAppStatus
{
    /// <summary>The generation of the manifest that was handled last.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>The state, one observation each.</summary>
    [Items(0, 32)]
    [XListType(XListType.Map)]
    [XListMapKeys("type")]
    public IReadOnlyList<Condition> Conditions { get => field ?? []; init; }

    /// <summary>The team that owns it, as resolved.</summary>
    public string? Team { get; init; }

    /// <summary>The golden path, as resolved.</summary>
    public string? Template { get; init; }

    /// <summary>The repository, once it is known.</summary>
    public RepositoryStatus? Repository { get; init; }

    /// <summary>The repository of the deployment manifests, where there is a separate one.</summary>
    public RepositoryStatus? DeploymentRepository { get; init; }

    /// <summary>The environments, in the manifest's order.</summary>
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public IReadOnlyList<EnvironmentStatus> Environments { get => field ?? []; init; }

    /// <summary>How many of the environments are ready, such as <c>2/2</c>.</summary>
    public string? EnvironmentsReady { get; init; }

    /// <summary>The value of the annotation <c>idp.dev/reconcile-requested-at</c> that was handled last.</summary>
    public string? LastHandledReconcileAt { get; init; }
}

/// <summary>The repository as it was seen.</summary>
public sealed record RepositoryStatus
{
    /// <summary>GitHub's number for it, which outlives renames.</summary>
    public long Id { get; init; }

    /// <summary>The organisation.</summary>
    public string Owner { get => field ?? ""; init; }

    /// <summary>The name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>Its page on GitHub.</summary>
    public string Url { get => field ?? ""; init; }

    /// <summary>Where it is cloned from.</summary>
    public string CloneUrl { get => field ?? ""; init; }

    /// <summary>The default branch.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>The commit that brought the golden path.</summary>
    public string? Commit { get; init; }

    /// <summary>The golden path that it was made from.</summary>
    public TemplateStatus? Template { get; init; }
}

/// <summary>A golden path in one version.</summary>
public sealed record TemplateStatus
{
    /// <summary>The golden path's name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The golden path's version.</summary>
    public string Version { get => field ?? ""; init; }

    /// <summary>A short hash of the parameters and environments that the files were rendered with.</summary>
    public string? Inputs { get; init; }

    /// <summary>How many files had which outcome when they were compared last, such as <c>Merged</c> or <c>TeamDeleted</c>.</summary>
    public IReadOnlyDictionary<string, int>? Files { get; init; }

    /// <summary>The newer version that was offered by a pull request, until it is merged.</summary>
    public TemplateUpdateStatus? Update { get; init; }
}

/// <summary>A newer version of a golden path that a pull request offers to a repository.</summary>
public sealed record TemplateUpdateStatus
{
    /// <summary>The version that it brings.</summary>
    public string Version { get => field ?? ""; init; }

    /// <summary>A short hash of the parameters and environments that it was rendered with.</summary>
    public string Inputs { get => field ?? ""; init; }

    /// <summary>The number of the pull request.</summary>
    public int PullRequest { get; init; }

    /// <summary>Its page on GitHub.</summary>
    public string Url { get => field ?? ""; init; }

    /// <summary>Whether it is open; people may have closed it.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The commit that was pushed last: what else is on its branch is people's.</summary>
    public string? Commit { get; init; }

    /// <summary>When the version was offered first.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What the checks of the pull request say.</summary>
    public TemplateChecks Checks { get; init; }

    /// <summary>How many files have which outcome, such as <c>FastForward</c> or <c>Conflict</c>.</summary>
    public IReadOnlyDictionary<string, int>? Files { get; init; }
}

/// <summary>What the checks of a pull request say together.</summary>
[JsonConverter(typeof(StrictEnumConverter<TemplateChecks>))]
public enum TemplateChecks
{
    /// <summary>There are none, or they were not looked at.</summary>
    None,

    /// <summary>Not all have finished.</summary>
    Pending,

    /// <summary>All have passed.</summary>
    Passing,

    /// <summary>One has failed.</summary>
    Failing,
}

/// <summary>One environment of the application as it was seen.</summary>
public sealed record EnvironmentStatus
{
    /// <summary>The environment's name.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that it lives in.</summary>
    public string? Namespace { get; init; }

    /// <summary>Whether it is ready.</summary>
    public ConditionStatus Ready { get; init; }

    /// <summary>Where it is reached.</summary>
    public string? Url { get; init; }

    /// <summary>Argo CD's sync status.</summary>
    public string? Sync { get; init; }

    /// <summary>Argo CD's health status.</summary>
    public string? Health { get; init; }

    /// <summary>The commit that is deployed.</summary>
    public string? Revision { get; init; }
}

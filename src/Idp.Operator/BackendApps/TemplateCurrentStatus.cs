using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Updates;

namespace Idp.Operator.BackendApps;

/// <summary>Says whether a repository has what its golden path has now, and if not, what is done about it; never part of Ready.</summary>
internal static class TemplateCurrentStatus
{
    private static readonly FileOutcome[] Kept = [FileOutcome.Conflict, FileOutcome.TeamDeleted, FileOutcome.TeamOwned];

    /// <summary>The condition.</summary>
    /// <param name="repository">The repository as status will have it.</param>
    /// <param name="plan">What was wanted.</param>
    /// <param name="outcome">What came of bringing it up to date; null where that was not tried.</param>
    /// <param name="catalog">The golden paths that are offered.</param>
    public static ConditionValue Of(RepositoryStatus? repository, BackendAppPlan plan, UpdateOutcome? outcome, GoldenPathCatalog catalog)
    {
        if (repository?.Commit is null)
        {
            return new ConditionValue(ConditionStatus.Unknown, Reasons.Progressing, "The golden path is not laid yet.");
        }

        var resolved = plan.Resolved;
        var name = repository.Template?.Name ?? resolved.Template;
        return catalog.Find(name, name == resolved.Template ? resolved.TemplateVersions : VersionRange.Any) switch
        {
            null => Gone(repository.Template, name, catalog, resolved),
            { } path when repository.Template is { Update: { } update } template => Offered(template, update, path, outcome),
            _ when outcome?.Problem is { } problem => new ConditionValue(
                problem is { IsTerminal: true } or { Reason: Reasons.TemplateLockInvalid } ? ConditionStatus.Unknown : ConditionStatus.False, problem.Reason, problem.Message),
            { } path when repository.Template is not { Name.Length: > 0 } => Adopted(path, plan),
            { } path => Compared(repository.Template!, path, plan),
        };
    }

    private static ConditionValue Gone(TemplateStatus? template, string name, GoldenPathCatalog catalog, ResolvedApp resolved)
    {
        var from = template is null ? "" : $" The repository stays with {template.Name} {template.Version}; nothing breaks.";
        return catalog.ErrorsOf(name) is [var error, ..]
            ? new ConditionValue(ConditionStatus.Unknown, Reasons.TemplateInvalid, $"The golden path {name} cannot be read at present: {error}.{from}")
            : new ConditionValue(
                ConditionStatus.Unknown,
                Reasons.TemplateMissing,
                catalog.VersionsOf(name) is { Count: > 0 } versions
                    ? $"No version of {name} fits spec.template.version {resolved.TemplateVersions}; there are {string.Join(", ", versions)}.{from}"
                    : $"The golden path {name} is no longer offered.{from}");
    }

    private static ConditionValue Offered(TemplateStatus template, TemplateUpdateStatus update, GoldenPath path, UpdateOutcome? outcome)
    {
        var what = update.Version == template.Version ? "other parameters" : $"{path.Name} {update.Version}";
        if (!update.IsOpen)
        {
            return new ConditionValue(
                ConditionStatus.False,
                Reasons.TemplateDeclined,
                $"{Follows(template)} {update.Url}, which brought {what}, was closed: reopen it to take it over, or wait for the next version.");
        }

        var trouble = outcome?.Problem is { } problem ? $" It could not be brought up to date: {problem.Message}" : "";
        return new ConditionValue(
            ConditionStatus.False,
            Reasons.TemplateOutdated,
            $"{Follows(template)} {update.Url} brings {what}: {Words(update.Files)}; merge it.{Checks(update)}{trouble}");
    }

    private static ConditionValue Adopted(GoldenPath path, BackendAppPlan plan) => plan.TemplateWaits is { } waits
        ? new ConditionValue(ConditionStatus.False, waits.Reason, $"The repository was adopted. {path.Name} {path.Version} is offered to it later: {waits.Message}.")
        : new ConditionValue(ConditionStatus.True, Reasons.NotConfigured, "The repository was adopted; it follows no golden path.");

    private static ConditionValue Compared(TemplateStatus template, GoldenPath path, BackendAppPlan plan)
    {
        if (path.Deprecated is { } deprecated)
        {
            var successor = deprecated.Successor is { } next ? $" Its successor is {next}." : "";
            return new ConditionValue(
                ConditionStatus.Unknown, Reasons.TemplateDeprecated, $"{path.Name} is not to be used any more: {deprecated.Message}{successor} Nothing breaks.");
        }

        if (template.Name != plan.Resolved.Template)
        {
            return new ConditionValue(
                ConditionStatus.False,
                Reasons.TemplateOutdated,
                $"Made from {template.Name} {template.Version}, while the manifest names {plan.Resolved.Template}: a repository stays with the golden path that it was made from.");
        }

        if (template.Version == path.Version && (template.Inputs is null || plan.Target is null || template.Inputs == plan.Target.Inputs))
        {
            return new ConditionValue(
                ConditionStatus.True, Reasons.Succeeded, $"Follows {template.Name} {template.Version}, {Newest(plan)}{Exceptions(template.Files)}.");
        }

        if (TemplateUpdates.IsNewer(template, path.Version, plan.Resolved))
        {
            return new ConditionValue(
                ConditionStatus.True, Reasons.Succeeded, $"Follows {template.Name} {template.Version}; the newest that is offered at present is {path.Version}, and nobody is brought back.");
        }

        return plan.TemplateWaits is { } waits
            ? new ConditionValue(
                ConditionStatus.False, waits.Reason, $"Follows {template.Name} {template.Version}; {path.Version} is offered later: {waits.Message}.")
            : new ConditionValue(
                ConditionStatus.False,
                Reasons.TemplateOutdated,
                path.Repository is null
                    ? $"Follows {template.Name} {template.Version}; {path.Version} is compared with it."
                    : $"Made from {template.Name} {template.Version}; {path.Version} is offered. The repository is the team's: take over what is of use.");
    }

    private static string Follows(TemplateStatus template) =>
        template.Version.Length == 0 ? "The repository was adopted." : $"Follows {template.Name} {template.Version}.";

    private static string Newest(BackendAppPlan plan) =>
        plan.Resolved.TemplateVersions == VersionRange.Any ? "the newest version" : $"the newest version that fits {plan.Resolved.TemplateVersions}";

    private static string Exceptions(IReadOnlyDictionary<string, int>? files)
    {
        var kept = Kept.Select(outcome => (Name: outcome.ToString(), Count: files?.GetValueOrDefault(outcome.ToString()) ?? 0)).Where(kind => kind.Count > 0).ToList();
        return kept.Count == 0 ? "" : $"; as the team has them: {string.Join(", ", kept.Select(kind => $"{kind.Count} {kind.Name}"))}";
    }

    private static string Words(IReadOnlyDictionary<string, int>? files) => files is null
        ? ""
        : string.Join(", ", files.Where(kind => kind.Key != nameof(FileOutcome.Unchanged)).OrderBy(kind => Enum.Parse<FileOutcome>(kind.Key)).Select(kind => $"{kind.Value} {kind.Key}"));

    private static string Checks(TemplateUpdateStatus update) => update.Checks switch
    {
        TemplateChecks.Failing => " Its checks fail.",
        TemplateChecks.Pending => " Its checks are running.",
        _ => "",
    };
}

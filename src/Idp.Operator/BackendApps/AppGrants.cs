using Idp.Entities;
using Idp.Operator.Reporting;
using Idp.Operator.Settings;

namespace Idp.Operator.BackendApps;

/// <summary>Asks <c>platform.yaml</c> for everything that a BackendApp reaches for, before anything is asked of GitHub.</summary>
internal static class AppGrants
{
    /// <summary>Every answer, the refusals among them.</summary>
    /// <remarks>All of it before the first repository is made: what an environment will be refused must leave nothing behind.</remarks>
    public static IEnumerable<Grant> For(BackendApp app, ResolvedApp resolved, PlatformSettings settings, string? namespaceTeam)
    {
        var grants = new Grants(settings);
        var home = app.Metadata.Namespace ?? "";
        if (app.Spec.Team is { } team && team != namespaceTeam)
        {
            yield return grants.MayActAs(home, team).For("spec.team");
        }

        foreach (var owner in Owners(app, resolved, grants))
        {
            yield return owner;
        }

        if (app.Spec.Repository?.Adoption == AdoptionPolicy.IfUnowned && app.Status.Repository is null)
        {
            yield return grants.MayAdopt(home, resolved.Owner, resolved.Repository);
        }

        foreach (var (index, secret) in app.Spec.Secrets.Index())
        {
            yield return grants.MayReadSecret(home, secret.RemoteRef.Key).For($"spec.secrets[{index}].remoteRef.key");
        }

        foreach (var (index, environment) in resolved.Environments.Index())
        {
            yield return grants.MayClaimNamespace(home, environment.Identity.Namespace).For($"spec.environments[{index}].name");
            if (environment.Spec.Host is { } host)
            {
                yield return grants.MayUseHost(home, host, environment.Identity).For($"spec.environments[{index}].host");
            }
        }
    }

    /// <summary>Why the repositories of a BackendApp that is deleted are not even looked for; null where they are.</summary>
    /// <remarks>With an id in status only its owner has to be granted: what was made rightly is not kept for another field's sake.</remarks>
    public static Problem? DeletionRefusal(BackendApp app, ResolvedApp resolved, PlatformSettings settings, string? namespaceTeam)
    {
        var isKnown = app.Status.Repository is not null || app.Status.DeploymentRepository is not null;
        if (!isKnown && (resolved.Owner.Length == 0 || BackendAppValidation.Validate(app.Spec, app.Metadata).Count > 0))
        {
            return new Problem(Reasons.InvalidSpec, "The manifest is not valid, and nothing is known to be made for it.");
        }

        var grants = isKnown ? Owners(app, resolved, new Grants(settings)) : For(app, resolved, settings, namespaceTeam);
        return grants.Where(grant => !grant.Allowed).Select(grant => new Problem(Reasons.NotGranted, grant.Message)).FirstOrDefault();
    }

    // The owner that the manifest names, and those that what was made has had since.
    private static IEnumerable<Grant> Owners(BackendApp app, ResolvedApp resolved, Grants grants) =>
        new[] { resolved.Owner, app.Status.Repository?.Owner, app.Status.DeploymentRepository?.Owner }
            .OfType<string>()
            .Where(owner => owner.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(owner => grants.MayUseOwner(app.Metadata.Namespace ?? "", owner).For("spec.repository.owner"));
}

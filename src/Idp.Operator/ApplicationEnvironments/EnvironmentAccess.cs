using Idp.Entities;
using Idp.Operator.Reporting;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Checks what an environment asks for against what <c>platform.yaml</c> grants to the manifest's namespace.</summary>
internal static class EnvironmentAccess
{
    /// <summary>The first thing that is not granted; null where everything is.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="world">The team in the label of the manifest's namespace, which needs no grant, and whose the repository is.</param>
    public static Problem? Check(EffectiveEnvironment environment, Observation world)
    {
        if (!world.Home.Allowed)
        {
            return new Problem(Reasons.NotGranted, world.Home.Message);
        }

        if (world.ForeignRepositoryOwner is { } owner)
        {
            return new Problem(Reasons.NotGranted, $"spec.source.repoURL is the repository of BackendApp {owner}; use one of your own.");
        }

        var grants = new Grants(environment.Settings);
        var home = environment.Entity.Metadata.Namespace ?? "";
        return Refusals(environment, grants, home, world)
            .Where(grant => !grant.Allowed)
            .Select(grant => new Problem(Reasons.NotGranted, grant.Message))
            .FirstOrDefault() ?? Taken(environment, world);
    }

    private static Problem? Taken(EffectiveEnvironment environment, Observation world) => world.HostHolder is { } holder
        ? new Problem(
            Reasons.ResourceConflict,
            $"spec.host: {environment.Spec.Host} is the host of ApplicationEnvironment {holder}; choose another, or have that one give it up.")
        : null;

    private static IEnumerable<Grant> Refusals(EffectiveEnvironment environment, Grants grants, string home, Observation world)
    {
        yield return grants.MayClaimNamespace(home, environment.Namespace).For("spec.namespace");
        yield return grants.MayDeployFrom(home, environment.Spec.Source.RepoUrl, world.OwnSources);
        yield return grants.MayUseProject(home, environment.Team);
        if (environment.Spec.Team is { } team && team != world.Team)
        {
            yield return grants.MayActAs(home, team).For("spec.team");
        }

        if (environment.Spec.Host is { } host)
        {
            yield return grants.MayUseHost(home, host, environment.Identity).For("spec.host");
        }

        foreach (var (index, secret) in environment.Spec.Secrets.Index())
        {
            yield return grants.MayReadSecret(home, secret.RemoteRef.Key).For($"spec.secrets[{index}].remoteRef.key");
        }

        foreach (var refusal in Loosened(environment))
        {
            yield return Grant.Refused(refusal);
        }
    }

    /// <summary>What the manifest's guardrails allow beyond the stage's: a manifest may tighten them, never loosen them.</summary>
    private static IEnumerable<string> Loosened(EffectiveEnvironment environment)
    {
        var stage = Guardrails.OfStage(environment);
        var own = Guardrails.Of(environment);
        if (own.PodSecurity > stage.PodSecurity)
        {
            yield return Sentence("podSecurity", own.PodSecurity.ToString(), stage.PodSecurity.ToString());
        }

        if (own.Isolation > stage.Isolation)
        {
            yield return Sentence("networkIsolation", own.Isolation.ToString(), stage.Isolation.ToString());
        }

        foreach (var (name, limit) in own.Quota)
        {
            if (stage.Quota.TryGetValue(name, out var allowed) && IsMore(limit, allowed))
            {
                yield return Sentence($"quota[{name}]", limit, allowed);
            }
        }

        foreach (var access in own.Access.Where(access => !stage.Access.Any(entry => Covers(entry, access))))
        {
            yield return Sentence("access", $"{access.Role} for {access.Group}", "less");
        }

        string Sentence(string field, string asked, string allowed) =>
            $"spec.guardrails.{field} asks for {asked}; platform.yaml allows {allowed} in stage {environment.Spec.Stage}. "
            + "Leave the field out, or ask the platform team.";
    }

    /// <summary>What is no quantity is never taken for little.</summary>
    private static bool IsMore(string asked, string allowed) =>
        (Quantities.ValueOf(asked) ?? double.PositiveInfinity) > (Quantities.ValueOf(allowed) ?? double.PositiveInfinity);

    private static bool Covers(AccessSpec allowed, AccessSpec asked) =>
        allowed.Group == asked.Group && allowed.Role >= asked.Role;
}

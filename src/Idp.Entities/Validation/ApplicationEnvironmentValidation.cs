using Idp.Kubernetes.Model;

namespace Idp.Entities;

/// <summary>
/// Refuses what an ApplicationEnvironment may not say, CEL rules included, for API servers that know an older schema or no CEL.
/// </summary>
/// <remarks>Rules on changes cannot be checked without the object as it was: those only the API server keeps.</remarks>
public static class ApplicationEnvironmentValidation
{
    /// <summary>Looks at everything that an ApplicationEnvironment says.</summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="metadata">The object's name.</param>
    /// <returns>Every error with its path; empty if there is none. Never throws, whatever JSON the object was read from.</returns>
    public static IReadOnlyList<FieldError> Validate(ApplicationEnvironmentSpec spec, ObjectMeta metadata)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(metadata);
        var errors = new FieldErrors();
        errors.Text("metadata.name", metadata.Name, Spellings.DnsLabel);
        CommonRules.ApplicationName(errors, "spec.application", spec.Application);
        errors.Known("spec.stage", (Stage?)spec.Stage);
        Namespace(errors, spec, metadata);
        errors.Text("spec.team", spec.Team, Spellings.DnsLabel);
        errors.Text("spec.source.repoURL", spec.Source.RepoUrl, Spellings.RepositoryUrl);
        errors.Text("spec.source.path", spec.Source.Path, Spellings.RepositoryPath);
        errors.Text("spec.source.targetRevision", spec.Source.TargetRevision, Spellings.Revision);
        errors.Known("spec.sync", spec.Sync);
        errors.Text("spec.host", spec.Host, Spellings.Host);
        Workload(errors, spec);
        Guardrails(errors, spec.Guardrails);
        CommonRules.Secrets(errors, spec.Secrets, spec.Database);
        DatabaseRules.Check(errors, spec.Database);
        return errors.All;
    }

    private static void Namespace(FieldErrors errors, ApplicationEnvironmentSpec spec, ObjectMeta metadata)
    {
        // The default is made of two names; the fault of its length lies with the one that is easier to change.
        var path = spec.Namespace is null ? "metadata.name" : "spec.namespace";
        var name = ApplicationEnvironment.NamespaceOf(spec, metadata);
        errors.When(
            !Spellings.DnsLabel.Matches(name),
            path,
            $"the namespace must be {Spellings.DnsLabel.Rule}, at most {Spellings.DnsLabel.MaxLength} characters");
        errors.When(
            name == "default" || name.StartsWith("kube-", StringComparison.Ordinal),
            path,
            "the namespace must not be default or start with kube-");
    }

    private static void Workload(FieldErrors errors, ApplicationEnvironmentSpec spec)
    {
        var workload = spec.Workload ?? new WorkloadSpec();
        errors.Text("spec.workload.image", workload.Image, Spellings.Image);
        errors.Number("spec.workload.replicas", workload.Replicas, 0, CommonRules.MaxReplicas);
        CommonRules.Resources(errors, "spec.workload.resources", workload.Resources);
        CommonRules.Variables(errors, "spec.workload.env", workload.Env, 128);
        CommonRules.Reserved(errors, "spec.workload.env", workload.Env, spec.Secrets, spec.Database);
    }

    private static void Guardrails(FieldErrors errors, GuardrailsSpec? guardrails)
    {
        if (guardrails is null)
        {
            return;
        }

        errors.When(guardrails.Quota.Count > 32, "spec.guardrails.quota", "must have at most 32 entries");
        foreach (var (key, amount) in guardrails.Quota)
        {
            var known = Spellings.QuotaKey.Matches(key);
            errors.When(!known, "spec.guardrails.quota", $"has a name that is not {Spellings.QuotaKey.Rule}");
            errors.Text($"spec.guardrails.quota.{(known ? key : "?")}", amount, Spellings.Quantity);
        }

        CommonRules.Amounts(errors, "spec.guardrails.containerDefaults", guardrails.ContainerDefaults);
        errors.Known("spec.guardrails.networkIsolation", guardrails.NetworkIsolation);
        errors.Known("spec.guardrails.podSecurity", guardrails.PodSecurity);
        errors.Each("spec.guardrails.access", guardrails.Access, 32, (path, access) =>
        {
            errors.Text($"{path}.group", access.Group, Spellings.UserGroup);
            errors.Known($"{path}.role", (AccessRole?)access.Role);
        });
        errors.Unique("spec.guardrails.access", guardrails.Access, "", access => $"{access.Group} {access.Role}");
    }
}

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
        CommonRules.ObjectName(errors, metadata.Name, Patterns.DnsLabel, 63);
        SchemaRules.Check(errors, "spec", spec);
        CommonRules.NotOfKubernetes(errors, "spec.application", spec.Application);
        Namespace(errors, spec, metadata);
        CommonRules.Workload(errors, "spec.workload", spec.Workload, spec.Secrets, spec.Database);
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
            spec.Namespace is null && (name.Length > 63 || !Patterns.Fits(name, Patterns.DnsLabel)),
            path,
            $"the namespace must be {Patterns.Describe(Patterns.DnsLabel)}, at most 63 characters");
        errors.When(
            name == "default" || name.StartsWith("kube-", StringComparison.Ordinal),
            path,
            "the namespace must not be default or start with kube-");
    }
}

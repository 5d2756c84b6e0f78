using Idp.Kubernetes.Model;

namespace Idp.Entities;

/// <summary>Refuses what a BackendApp may not say, CEL rules included, for API servers that know an older schema or no CEL.</summary>
/// <remarks>Rules on changes cannot be checked without the object as it was: those only the API server keeps.</remarks>
public static class BackendAppValidation
{
    /// <summary>Looks at everything that a BackendApp says.</summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="metadata">The object's name.</param>
    /// <returns>Every error with its path; empty if there is none. Never throws, whatever JSON the object was read from.</returns>
    public static IReadOnlyList<FieldError> Validate(BackendAppSpec spec, ObjectMeta metadata)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(metadata);
        var errors = new FieldErrors();
        CommonRules.ObjectName(errors, metadata.Name, Patterns.LetteredDnsLabel, BackendApp.MaxNameLength);
        CommonRules.NotOfKubernetes(errors, "metadata.name", metadata.Name);
        SchemaRules.Check(errors, "spec", spec);
        Repository(errors, spec.Repository);
        CommonRules.Workload(errors, "spec", spec, spec.Secrets, spec.Database);
        CommonRules.Secrets(errors, spec.Secrets, spec.Database);
        DatabaseRules.Check(errors, spec.Database);
        errors.Unique("spec.environments", spec.Environments, ".host", environment => environment.Host);
        foreach (var (index, environment) in spec.Environments.Index())
        {
            CommonRules.Workload(errors, $"spec.environments[{index}]", environment, spec.Secrets, spec.Database);
        }

        return errors.All;
    }

    private static void Repository(FieldErrors errors, RepositorySpec? repository)
    {
        errors.When(
            repository?.Name?.EndsWith(".git", StringComparison.Ordinal) == true, "spec.repository.name", "must not end in .git");
        errors.When(
            repository is { Deployment: DeploymentPlace.Separate, Name.Length: > RepositorySpec.MaxNameLengthWithDeployment },
            "spec.repository.name",
            $"must have at most {RepositorySpec.MaxNameLengthWithDeployment} characters where spec.repository.deployment is Separate");
    }
}

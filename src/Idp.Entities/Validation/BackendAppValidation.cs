using Idp.Kubernetes.Model;

namespace Idp.Entities;

/// <summary>Refuses what a BackendApp may not say, CEL rules included, for API servers that know an older schema or no CEL.</summary>
/// <remarks>Rules on changes cannot be checked without the object as it was: those only the API server keeps.</remarks>
public static class BackendAppValidation
{
    private const string Parameters = "spec.template.parameters";

    /// <summary>Looks at everything that a BackendApp says.</summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="metadata">The object's name.</param>
    /// <returns>Every error with its path; empty if there is none. Never throws, whatever JSON the object was read from.</returns>
    public static IReadOnlyList<FieldError> Validate(BackendAppSpec spec, ObjectMeta metadata)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(metadata);
        var errors = new FieldErrors();
        CommonRules.ApplicationName(errors, "metadata.name", metadata.Name);
        errors.Text("spec.description", spec.Description, Spellings.Description);
        errors.Text("spec.team", spec.Team, Spellings.DnsLabel);
        errors.Text("spec.system", spec.System, Spellings.DnsLabel);
        Template(errors, spec.Template);
        Repository(errors, spec.Repository);
        errors.Text("spec.image", spec.Image, Spellings.Image);
        errors.Number("spec.replicas", spec.Replicas, 0, CommonRules.MaxReplicas);
        CommonRules.Resources(errors, "spec.resources", spec.Resources);
        CommonRules.Variables(errors, "spec.env", spec.Env, 64);
        CommonRules.Secrets(errors, spec.Secrets, spec.Database);
        CommonRules.Reserved(errors, "spec.env", spec.Env, spec.Secrets, spec.Database);
        DatabaseRules.Check(errors, spec.Database);
        Environments(errors, spec);
        return errors.All;
    }

    private static void Template(FieldErrors errors, TemplateSpec? template)
    {
        if (template is null)
        {
            return;
        }

        errors.Text("spec.template.name", template.Name, Spellings.DnsLabel);
        errors.When(template.Parameters.Count > 64, Parameters, "must have at most 64 entries");
        foreach (var (name, value) in template.Parameters)
        {
            errors.When(!Spellings.ParameterName.Matches(name), Parameters, $"has a name that is not {Spellings.ParameterName.Rule}");
            errors.When(value is null, $"{Parameters}.{Shown(name)}", "must not be null");
            errors.Length($"{Parameters}.{Shown(name)}", value, 1024);
        }
    }

    private static string Shown(string name) => Spellings.ParameterName.Matches(name) ? name : "?";

    private static void Repository(FieldErrors errors, RepositorySpec? repository)
    {
        if (repository is null)
        {
            return;
        }

        errors.Text("spec.repository.owner", repository.Owner, Spellings.Owner);
        errors.Text("spec.repository.name", repository.Name, Spellings.Repository);
        errors.When(
            repository.Name?.EndsWith(".git", StringComparison.Ordinal) == true, "spec.repository.name", "must not end in .git");
        errors.Known("spec.repository.visibility", (RepositoryVisibility?)repository.Visibility);
        errors.Known("spec.repository.adoption", (AdoptionPolicy?)repository.Adoption);
        errors.Known("spec.repository.deletionPolicy", (RepositoryDeletionPolicy?)repository.DeletionPolicy);
        errors.Known("spec.repository.deployment", (DeploymentPlace?)repository.Deployment);
        errors.When(
            repository is { Deployment: DeploymentPlace.Separate, Name.Length: > RepositorySpec.MaxNameLengthWithDeployment },
            "spec.repository.name",
            $"must have at most {RepositorySpec.MaxNameLengthWithDeployment} characters where spec.repository.deployment is Separate");
        errors.Each(
            "spec.repository.topics", repository.Topics, 20, (path, topic) => errors.Text(path, topic, Spellings.Topic));
        errors.Unique("spec.repository.topics", repository.Topics, "", topic => topic);
    }

    private static void Environments(FieldErrors errors, BackendAppSpec spec)
    {
        const string Path = "spec.environments";
        errors.Each(Path, spec.Environments, 10, (path, environment) => Environment(errors, path, environment, spec));
        errors.Unique(Path, spec.Environments, ".name", environment => environment.Name);
        errors.Unique(Path, spec.Environments, ".host", environment => environment.Host);
    }

    private static void Environment(FieldErrors errors, string path, EnvironmentSpec environment, BackendAppSpec spec)
    {
        errors.Text($"{path}.name", environment.Name, Spellings.EnvironmentName);
        errors.Known($"{path}.stage", environment.Stage);
        errors.Known($"{path}.sync", environment.Sync);
        errors.Number($"{path}.replicas", environment.Replicas, 0, CommonRules.MaxReplicas);
        errors.Text($"{path}.host", environment.Host, Spellings.Host);
        CommonRules.Resources(errors, $"{path}.resources", environment.Resources);
        CommonRules.Variables(errors, $"{path}.env", environment.Env, 64);
        CommonRules.Reserved(errors, $"{path}.env", environment.Env, spec.Secrets, spec.Database);
    }
}

namespace Idp.Entities;

/// <summary>What both kinds may not say and no attribute of a single field can forbid.</summary>
internal static class CommonRules
{
    private const string DatabaseVariable = "DATABASE_URL";

    public static void ObjectName(FieldErrors errors, string name, string pattern, int max) => errors.Text("metadata.name", name, pattern, 1, max);

    public static void NotOfKubernetes(FieldErrors errors, string path, string application) =>
        errors.When(application.StartsWith("kube-", StringComparison.Ordinal), path, "must not start with kube-");

    /// <summary>A variable has one source: the manifest, the secret store or the database. A request is within its limit.</summary>
    public static void Workload(
        FieldErrors errors, string path, WorkloadSpec? workload, IReadOnlyList<SecretVariable> secrets, DatabaseSpec? database)
    {
        var secretNames = secrets.Select(secret => secret?.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (index, variable) in (workload?.Env ?? []).Index())
        {
            var (at, name) = ($"{path}.env[{index}].name", variable?.Name);
            errors.When(name is not null && secretNames.Contains(name), at, "names a variable that secrets names too");
            NotOfTheDatabase(errors, at, name, database);
        }

        var (requests, limits) = (workload?.Resources?.Requests, workload?.Resources?.Limits);
        WithinLimit(errors, $"{path}.resources.requests.cpu", requests?.Cpu, limits?.Cpu);
        WithinLimit(errors, $"{path}.resources.requests.memory", requests?.Memory, limits?.Memory);
    }

    public static void Secrets(FieldErrors errors, IReadOnlyList<SecretVariable> secrets, DatabaseSpec? database)
    {
        foreach (var (index, secret) in secrets.Index())
        {
            NotOfTheDatabase(errors, $"spec.secrets[{index}].name", secret?.Name, database);
        }
    }

    private static void NotOfTheDatabase(FieldErrors errors, string path, string? variable, DatabaseSpec? database) => errors.When(
        database is not null && variable == DatabaseVariable, path, $"must not be {DatabaseVariable}, which the database sets");

    private static void WithinLimit(FieldErrors errors, string path, string? request, string? limit) => errors.When(
        request is not null && limit is not null && Quantities.ValueOf(request) > Quantities.ValueOf(limit), path, "must not be more than the limit");
}

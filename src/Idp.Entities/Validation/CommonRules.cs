namespace Idp.Entities;

/// <summary>What both kinds may not say.</summary>
internal static class CommonRules
{
    public const int MaxReplicas = 100;
    private const int MaxSecrets = 64;
    private const string DatabaseVariable = "DATABASE_URL";

    public static void ApplicationName(FieldErrors errors, string path, string name)
    {
        errors.Text(path, name, Spellings.ApplicationName);
        errors.When(name.StartsWith("kube-", StringComparison.Ordinal), path, "must not start with kube-");
    }

    public static void Variables(FieldErrors errors, string path, IReadOnlyList<EnvironmentVariable> variables, int max)
    {
        errors.Each(path, variables, max, (at, variable) =>
        {
            errors.Text($"{at}.name", variable.Name, Spellings.Variable);
            errors.Length($"{at}.value", variable.Value, 4096);
        });
        errors.Unique(path, variables, ".name", variable => variable.Name);
    }

    public static void Secrets(FieldErrors errors, IReadOnlyList<SecretVariable> secrets, DatabaseSpec? database)
    {
        errors.Each("spec.secrets", secrets, MaxSecrets, (at, secret) =>
        {
            errors.Text($"{at}.name", secret.Name, Spellings.Variable);
            errors.When(
                database is not null && secret.Name == DatabaseVariable,
                $"{at}.name",
                $"must not be {DatabaseVariable}, which the database sets");
            errors.Text($"{at}.remoteRef.key", secret.RemoteRef.Key, Spellings.RemoteKey);
            errors.Text($"{at}.remoteRef.property", secret.RemoteRef.Property, Spellings.RemoteProperty);
        });
        errors.Unique("spec.secrets", secrets, ".name", secret => secret.Name);
    }

    /// <summary>A variable has one source: the manifest, the secret store or the database.</summary>
    public static void Reserved(
        FieldErrors errors,
        string path,
        IReadOnlyList<EnvironmentVariable> variables,
        IReadOnlyList<SecretVariable> secrets,
        DatabaseSpec? database)
    {
        var secretNames = secrets.Select(secret => secret?.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < variables.Count; i++)
        {
            var name = variables[i]?.Name;
            errors.When(
                name is not null && secretNames.Contains(name), $"{path}[{i}].name", "names a variable that secrets names too");
            errors.When(
                database is not null && name == DatabaseVariable,
                $"{path}[{i}].name",
                $"must not be {DatabaseVariable}, which the database sets");
        }
    }

    public static void Resources(FieldErrors errors, string path, ComputeResources? resources)
    {
        if (resources is null)
        {
            return;
        }

        Amounts(errors, $"{path}.requests", resources.Requests);
        Amounts(errors, $"{path}.limits", resources.Limits);
        WithinLimit(errors, $"{path}.requests.cpu", resources.Requests?.Cpu, resources.Limits?.Cpu);
        WithinLimit(errors, $"{path}.requests.memory", resources.Requests?.Memory, resources.Limits?.Memory);
    }

    public static void Amounts(FieldErrors errors, string path, ResourceAmounts? amounts)
    {
        errors.Text($"{path}.cpu", amounts?.Cpu, Spellings.Quantity);
        errors.Text($"{path}.memory", amounts?.Memory, Spellings.Quantity);
    }

    private static void WithinLimit(FieldErrors errors, string path, string? request, string? limit)
    {
        if (request is not null && limit is not null
            && Spellings.Quantity.Matches(request) && Spellings.Quantity.Matches(limit))
        {
            errors.When(Amount.Of(request) > Amount.Of(limit), path, "must not be more than the limit");
        }
    }
}

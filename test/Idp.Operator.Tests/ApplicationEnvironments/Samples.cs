using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.ApplicationEnvironments;

/// <summary>Environments and settings to test with.</summary>
internal static class Samples
{
    public static string Folder { get; } = Path.Combine(
        Repository(), "test", "Idp.Operator.Tests", "ApplicationEnvironments");

    public static PlatformSettings Settings { get; } = new()
    {
        GitHub = new() { Owner = "acme" },
        Ingress = new() { Domain = "apps.acme.dev", CertificateIssuer = "letsencrypt" },
        ArgoCd = new() { Project = "{team}" },
        Teams = [new() { Namespace = "team-*", Hosts = ["*.acme.dev"], ActsAs = ["{namespace}"], Sources = ["https://github.com/acme/*"] }],
    };

    public static PlatformSettings ExternalSettings { get; } = Settings with
    {
        Database = new() { Provider = DatabaseProvider.External },
        Ingress = new() { Domain = "apps.acme.dev" },
        Network = new() { AllowedNamespaces = [] },
    };

    /// <summary>With private repositories and images.</summary>
    public static PlatformSettings PrivateSettings { get; } = Settings with
    {
        ImagePullSecret = new() { RemoteKey = "registries/{team}", Property = "dockerconfigjson" },
        ArgoCd = new()
        {
            Project = "{team}",
            RepositoryCredentials =
            [
                new() { Owner = "Acme", App = new() { Id = "23456", InstallationId = 7890123 }, RemoteKey = "platform/argocd", Property = "private-key" },
                new() { Owner = "acme-rival", RemoteKey = "platform/token" },
            ],
        },
    };

    /// <summary>One of the files in <c>samples/</c>, changed before it is read.</summary>
    public static ApplicationEnvironment Read(string name, Action<JsonObject>? change = null)
    {
        var json = ReadJson(name);
        change?.Invoke(json);
        return KubeObject.From(ApplicationEnvironment.ResourceKind, json).Deserialize(ApplicationEnvironment.JsonType);
    }

    public static JsonObject ReadJson(string name)
    {
        var file = Path.Combine(Folder, "samples", $"{name}.yaml");
        return YamlReader.Read(File.ReadAllText(file), file).Root!.AsObject();
    }

    /// <summary>The plan of an environment that nothing exists of yet.</summary>
    public static ApplicationEnvironmentPlan Plan(string name, Action<JsonObject>? change = null) =>
        ApplicationEnvironmentPlan.Make(
            Read(name, change), Observation.Empty, name switch
            {
                "manual-external" => ExternalSettings,
                "private" => PrivateSettings,
                _ => Settings,
            });

    public static JsonObject Spec(this JsonObject entity) => entity["spec"]!.AsObject();

    public static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Idp.Operator.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}

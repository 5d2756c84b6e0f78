using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;
using Idp.Sandbox.Schemas;
using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;

namespace Idp.Kubernetes.Tests.Controllers;

/// <summary>The kinds that intents are tried for: Kubernetes' own, ours, and those of other projects, by their own definitions.</summary>
internal static class IntentKinds
{
    private static readonly string[] Defined =
        ["BackendApp", "ApplicationEnvironment", "Application", "ExternalSecret", "Table", "Database", "Cluster"];

    private static readonly ResourceKind[] BuiltIn =
    [
        WellKnownKinds.ConfigMap, WellKnownKinds.Namespace, WellKnownKinds.NetworkPolicy, WellKnownKinds.RoleBinding, WellKnownKinds.ResourceQuota,
        WellKnownKinds.LimitRange, WellKnownKinds.Service, WellKnownKinds.Deployment,
    ];

    // Every way in which a field can be owned, with defaults in each.
    private static readonly ResourceKind Structured = new("tests.idp.dev", "v1", "Structured", "structureds");

    /// <summary>All kinds that the server has, after their definitions are served.</summary>
    public static async Task<IReadOnlyList<IntentKind>> InstallAsync(KubeClient client, bool withBuiltIn, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("idp-definitions-").FullName;
        var definitions = (await Installer.UpstreamDefinitionsAsync(folder, Console.Error.WriteLine, cancellationToken))
            .Concat(Installer.ReadDirectory(SandboxPaths.Below("config", "crds")))
            .Where(definition => Defined.Contains((string?)definition["spec"]?["names"]?["kind"]))
            .Where(definition => (string?)definition["spec"]!["group"] != "argoproj.io" || (string?)definition["spec"]!["names"]!["kind"] == "Application")
            .Append(ApiServer.DefinitionOf(Structured, "structured", YamlText.ReadObjects(IntentSchemas.Structured)[0]))
            .ToList();
        Directory.Delete(folder, recursive: true);
        await new Installer(client, kinds: null!, TimeProvider.System).DefineAsync(definitions, cancellationToken);
        var metadata = YamlText.ReadObjects(IntentSchemas.Metadata)[0];
        var schemas = YamlText.ReadObjects(IntentSchemas.BuiltIn)[0];
        return
        [
            .. BuiltIn.Where(_ => withBuiltIn).Select(kind => new IntentKind(kind, metadata, schemas[kind.Kind]!.AsObject(), Optional: 60)),
            .. definitions.Where(HasFields).Select(definition => new IntentKind(KindOf(definition), metadata, SpecOf(definition), Optional: 22)),
        ];
    }

    // A definition that lets everything through, where the real one cannot be had, tells nothing to make intents of.
    private static bool HasFields(JsonObject definition) =>
        SchemaReading.SchemaOf(definition).Field("spec")["properties"] is JsonObject { Count: > 0 };

    private static JsonObject SpecOf(JsonObject definition) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("spec"),
        ["properties"] = new JsonObject { ["spec"] = SchemaReading.SchemaOf(definition).Field("spec").DeepClone() },
    };

    private static ResourceKind KindOf(JsonObject definition)
    {
        var spec = definition["spec"]!;
        var version = spec["versions"]!.AsArray().First(version => (bool)version!["storage"]!)!;
        return new ResourceKind((string)spec["group"]!, (string)version["name"]!, (string)spec["names"]!["kind"]!, (string)spec["names"]!["plural"]!);
    }
}

using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;
using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;
using Idp.Testing.Schemas;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>The kinds that intents are tried for: Kubernetes' own, ours, and those of other projects, by their own definitions.</summary>
internal static class IntentKinds
{
    private static readonly string[] Upstream =
    [
        "applications.argoproj.io", "externalsecrets.external-secrets.io", "tables.schemas.schemahero.io",
        "databases.databases.schemahero.io", "clusters.postgresql.cnpg.io",
    ];

    private static readonly JsonObject Metadata = YamlText.ReadObjects(IntentSchemas.Metadata)[0];

    private static readonly ResourceKind[] BuiltIn =
    [
        WellKnownKinds.ConfigMap, WellKnownKinds.Namespace, WellKnownKinds.NetworkPolicy, WellKnownKinds.RoleBinding, WellKnownKinds.ResourceQuota,
        WellKnownKinds.LimitRange, WellKnownKinds.Service, WellKnownKinds.Deployment,
    ];

    // Every way in which a field can be owned, with defaults in each.
    private static readonly ResourceKind Structured = new("tests.idp.dev", "v1", "Structured", "structureds");

    /// <summary>Kubernetes' own kinds, where the server has them, ours and one for every way to own a field, after the definitions are served.</summary>
    public static async Task<IReadOnlyList<IntentKind>> InstallOwnAsync(
        KubeClient client, bool withBuiltIn, CancellationToken cancellationToken)
    {
        var schemas = YamlText.ReadObjects(IntentSchemas.BuiltIn)[0];
        var ours = Installer.ReadDirectory(SandboxPaths.Below("config", "crds"))
            .Where(definition => (string?)definition["kind"] == "CustomResourceDefinition")
            .Append(ApiServer.DefinitionOf(Structured, "structured", YamlText.ReadObjects(IntentSchemas.Structured)[0]));
        return
        [
            .. BuiltIn.Where(_ => withBuiltIn).Select(kind => new IntentKind(kind, Metadata, schemas[kind.Kind]!.AsObject(), Optional: 60)),
            .. await DefineAsync(client, [.. ours], cancellationToken),
        ];
    }

    /// <summary>The kinds of other projects, after their own definitions are served.</summary>
    public static async Task<IReadOnlyList<IntentKind>> InstallUpstreamAsync(KubeClient client, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("idp-definitions-").FullName;
        (await UpstreamDefinitions.CollectAsync(folder, cancellationToken)).Should().BeTrue("they were there a moment ago");
        var definitions = Installer.ReadDirectory(folder)
            .Where(definition => Upstream.Contains((string?)definition["metadata"]?["name"])).ToList();
        Directory.Delete(folder, recursive: true);
        definitions.Should().HaveSameCount(Upstream);
        return await DefineAsync(client, definitions, cancellationToken);
    }

    private static async Task<IReadOnlyList<IntentKind>> DefineAsync(
        KubeClient client, IReadOnlyList<JsonObject> definitions, CancellationToken cancellationToken)
    {
        await new Installer(client, kinds: null!, TimeProvider.System).DefineAsync(definitions, cancellationToken);
        return [.. definitions.Select(definition => new IntentKind(KindOf(definition), Metadata, SpecOf(definition), Optional: 22))];
    }

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

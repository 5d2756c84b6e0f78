using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.Hosting;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.World;

/// <summary>Puts definitions and other manifests into the API server, as an administrator would before the operator comes.</summary>
internal sealed class Installer(KubeClient client, ServedKinds kinds, TimeProvider clock)
{
    private const string FieldManager = "sandbox";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>The objects in the YAML files of a directory; none where there is no such directory.</summary>
    public static IReadOnlyList<JsonObject> ReadDirectory(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal).SelectMany(ReadFile)]
        : [];

    /// <summary>The objects in a YAML file.</summary>
    public static IReadOnlyList<JsonObject> ReadFile(string file) => YamlText.ReadObjects(File.ReadAllText(file));

    /// <summary>The definitions of the kinds of other projects: their own, or ones that let everything through.</summary>
    /// <param name="directory">Where they are collected.</param>
    /// <param name="warn">Hears when they are not their own.</param>
    /// <param name="cancellationToken">Ends the collecting.</param>
    public static async Task<IReadOnlyList<JsonObject>> UpstreamDefinitionsAsync(
        string directory, Action<string> warn, CancellationToken cancellationToken)
    {
        if (await UpstreamDefinitions.CollectAsync(directory, cancellationToken))
        {
            return ReadDirectory(directory);
        }

        warn("WARNING: the definitions of Argo CD, External Secrets, CloudNativePG and SchemaHero cannot be had.");
        warn("WARNING: permissive ones stand in: nothing checks objects of those kinds against their real schema.");
        return ReadFile(SandboxPaths.Below("hack", "permissive-crds.yaml"));
    }

    /// <summary>Creates the definitions that are not there yet and waits until their kinds are served.</summary>
    /// <remarks>
    /// Created, not applied: server-side apply on an old server refuses definitions with validation rules, which it
    /// does not know, where a creation drops them.
    /// </remarks>
    public async Task DefineAsync(IReadOnlyList<JsonObject> definitions, CancellationToken cancellationToken)
    {
        var crds = definitions.Where(item => item.TextAt("kind") == "CustomResourceDefinition").ToList();
        await Task.WhenAll(crds.Select(crd => CreateAsync(WellKnownKinds.CustomResourceDefinition, crd, cancellationToken)));
        await Task.WhenAll(crds.Select(crd => WaitUntilServedAsync(crd, cancellationToken)));
    }

    /// <summary>Creates an object, or leaves the one that is there.</summary>
    public async Task CreateAsync(ResourceKind kind, JsonObject body, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(kind, body, cancellationToken);
        }
        catch (AlreadyExistsException)
        {
            // A world that is started again on what it left behind.
        }
    }

    /// <summary>Applies an object of any served kind.</summary>
    /// <exception cref="InvalidOperationException">The kind is not served.</exception>
    public async Task<KubeObject> ApplyAsync(JsonObject body, CancellationToken cancellationToken)
    {
        var (apiVersion, kind) = (body.TextAt("apiVersion") ?? "", body.TextAt("kind") ?? "");
        var served = await kinds.FindAsync(apiVersion, kind, cancellationToken)
            ?? throw new InvalidOperationException($"The API server does not serve {kind} of {apiVersion}.");
        var options = new ApplyOptions { FieldManager = FieldManager, Force = true };
        return (await client.ApplyAsync(served.Kind, body, options, cancellationToken)).Object;
    }

    private async Task WaitUntilServedAsync(JsonObject crd, CancellationToken cancellationToken)
    {
        var key = new ObjectKey("", crd.TextAt("metadata", "name") ?? "");
        while (!await IsEstablishedAsync(key, cancellationToken))
        {
            await Task.Delay(Poll, clock, cancellationToken);
        }

        var kind = KindOf(crd);
        while (await IsUnknownAsync(kind, cancellationToken))
        {
            await Task.Delay(Poll, clock, cancellationToken);
        }
    }

    private async Task<bool> IsEstablishedAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            var live = await client.FindAsync(WellKnownKinds.CustomResourceDefinition, key, cancellationToken);
            return ForeignConditions.Find(live?.ToJson()["status"], "Established").TextAt("status") == "True";
        }
        catch (UnavailableException)
        {
            // While many definitions are made at once, an API server may lose a connection to its store and say so.
            return false;
        }
    }

    private async Task<bool> IsUnknownAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        try
        {
            await client.ListPageAsync(kind, new ListOptions { Limit = 1 }, cancellationToken);
            return false;
        }
        catch (Exception error) when (error is KindNotFoundException or UnavailableException)
        {
            return true;
        }
    }

    private static ResourceKind KindOf(JsonObject crd) => new(
        crd.TextAt("spec", "group") ?? "",
        crd.ObjectsAt("spec", "versions").First(version => version.FlagAt(false, "served")).TextAt("name") ?? "",
        crd.TextAt("spec", "names", "kind") ?? "",
        crd.TextAt("spec", "names", "plural") ?? "",
        crd.TextAt("spec", "scope") == "Namespaced");
}

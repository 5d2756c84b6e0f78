using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;
using Idp.Sandbox.ControlPlane;

namespace Idp.Entities.Tests.Manifests;

/// <summary>A real API server that serves our kinds, once for all tests of the collection, and today's server of custom resources beside it.</summary>
public sealed class ServerWithKinds : IAsyncLifetime
{
    /// <summary>A namespace in which nothing is ever stored.</summary>
    public const string Trial = "trial";

    private ControlPlane? _controlPlane;
    private KubeClient? _client;
    private KubeClient? _crds;

    public KubeClient Client => _client!;

    public static ResourceKind KindOf(JsonObject manifest) => manifest["kind"]!.GetValue<string>() switch
    {
        "BackendApp" => BackendApp.ResourceKind,
        "ApplicationEnvironment" => ApplicationEnvironment.ResourceKind,
        _ => WellKnownKinds.Namespace,
    };

    /// <summary>The definitions of our kinds.</summary>
    public static IEnumerable<JsonObject> Definitions() =>
        RepositoryFiles.In("config/crds").Where(file => Path.GetFileName(file) != "kustomization.yaml").Select(file => RepositoryFiles.Read(file)[0]);

    /// <summary>One of the servers; that of custom resources is started when it is first asked for.</summary>
    public async Task<KubeClient> OnAsync(TestServer which, CancellationToken cancellationToken)
    {
        if (which == TestServer.ControlPlane || _crds is not null)
        {
            return which == TestServer.ControlPlane ? Client : _crds!;
        }

        var client = KubeClient.Create(await _controlPlane!.StartCrdServerAsync(cancellationToken));
        foreach (var definition in Definitions())
        {
            var apply = new ApplyOptions { FieldManager = "test" };
            await client.ApplyAsync(WellKnownKinds.CustomResourceDefinition, definition, apply, cancellationToken);
        }

        await EstablishedAsync(client, BackendApp.ResourceKind, cancellationToken);
        await EstablishedAsync(client, ApplicationEnvironment.ResourceKind, cancellationToken);
        return _crds = client;
    }

    /// <summary>Whether the server knows rules in CEL: others drop them from the definitions that they are given.</summary>
    public async Task<bool> KnowsRulesAsync(TestServer which, CancellationToken cancellationToken)
    {
        var client = await OnAsync(which, cancellationToken);
        var stored = await client.GetAsync(WellKnownKinds.CustomResourceDefinition, new ObjectKey("", "backendapps.idp.dev"), cancellationToken);
        return stored.ToJson().ToJsonString().Contains("x-kubernetes-validations", StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        _controlPlane = await ControlPlane.StartAsync(limit.Token);
        _client = _controlPlane.CreateClient();
        foreach (var definition in Definitions())
        {
            await Client.CreateAsync(WellKnownKinds.CustomResourceDefinition, definition, limit.Token);
        }

        foreach (var team in RepositoryFiles.Read(RepositoryFiles.PathOf("config/samples/00-namespaces.yaml")))
        {
            await Client.CreateAsync(WellKnownKinds.Namespace, team, limit.Token);
        }

        await Client.CreateAsync(
            WellKnownKinds.Namespace,
            RepositoryFiles.Parse($"{{apiVersion: v1, kind: Namespace, metadata: {{name: {Trial}}}}}")!.AsObject(),
            limit.Token);
        await EstablishedAsync(Client, BackendApp.ResourceKind, limit.Token);
        await EstablishedAsync(Client, ApplicationEnvironment.ResourceKind, limit.Token);
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        _crds?.Dispose();
        if (_controlPlane is not null)
        {
            await _controlPlane.DisposeAsync();
        }
    }

    // A new kind is served a moment after its definition is stored, and nobody tells when.
    private static async Task EstablishedAsync(KubeClient client, ResourceKind kind, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await client.ListPageAsync(kind, new ListOptions(), cancellationToken);
                return;
            }
            catch (NotFoundException)
            {
                continue;
            }
            catch (KindNotFoundException)
            {
                continue;
            }
        }
    }
}

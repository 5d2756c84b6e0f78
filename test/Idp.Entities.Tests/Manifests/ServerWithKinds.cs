using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.ControlPlane;

namespace Idp.Entities.Tests.Manifests;

/// <summary>A real API server that serves our kinds, once for all tests of the collection.</summary>
public sealed class ServerWithKinds : IAsyncLifetime
{
    /// <summary>A namespace in which nothing is ever stored.</summary>
    public const string Trial = "trial";

    private ControlPlane? _controlPlane;
    private KubeClient? _client;

    public KubeClient Client => _client!;

    public static ResourceKind KindOf(JsonObject manifest) => manifest["kind"]!.GetValue<string>() switch
    {
        "BackendApp" => BackendApp.ResourceKind,
        "ApplicationEnvironment" => ApplicationEnvironment.ResourceKind,
        _ => WellKnownKinds.Namespace,
    };

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        _controlPlane = await ControlPlane.StartAsync(limit.Token);
        _client = _controlPlane.CreateClient();
        foreach (var file in RepositoryFiles.In("config/crds").Where(file => Path.GetFileName(file) != "kustomization.yaml"))
        {
            await Client.CreateAsync(WellKnownKinds.CustomResourceDefinition, RepositoryFiles.Read(file)[0], limit.Token);
        }

        foreach (var team in RepositoryFiles.Read(RepositoryFiles.PathOf("config/samples/00-namespaces.yaml")))
        {
            await Client.CreateAsync(WellKnownKinds.Namespace, team, limit.Token);
        }

        await Client.CreateAsync(
            WellKnownKinds.Namespace,
            RepositoryFiles.Parse($"{{apiVersion: v1, kind: Namespace, metadata: {{name: {Trial}}}}}")!.AsObject(),
            limit.Token);
        await EstablishedAsync(BackendApp.ResourceKind, limit.Token);
        await EstablishedAsync(ApplicationEnvironment.ResourceKind, limit.Token);
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_controlPlane is not null)
        {
            await _controlPlane.DisposeAsync();
        }
    }

    // A new kind is served a moment after its definition is stored, and nobody tells when.
    private async Task EstablishedAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await Client.ListPageAsync(kind, new ListOptions(), cancellationToken);
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

using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;
using Idp.Operator.Yaml;
using Idp.Sandbox.ControlPlane;
using Idp.Sandbox.World;

namespace Idp.Operator.Tests.ApplicationEnvironments.Server;

/// <summary>A real API server that serves our kinds and those of the other projects: their own, or permissive ones where those cannot be had.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private ControlPlane? _controlPlane;
    private KubeClient? _client;

    public KubeClient Client => _client!;

    /// <summary>A client whose requests nobody sent, and who has no right.</summary>
    public KubeClient CreateNobodysClient()
    {
        // Beside the other, for the paths in it are relative.
        var path = _controlPlane!.KubeconfigPath + ".nobody";
        File.WriteAllText(path, File.ReadAllText(_controlPlane.KubeconfigPath).Replace(", user: admin", "", StringComparison.Ordinal));
        return KubeClient.Create(KubeConfig.Load(path));
    }

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        _controlPlane = await ControlPlane.StartAsync(limit.Token);
        _client = _controlPlane.CreateClient();
        var folder = Directory.CreateTempSubdirectory("idp-definitions-").FullName;
        var permissive = Path.Combine(Samples.Repository(), "hack", "permissive-crds.yaml");
        await InstallAsync(
            await UpstreamDefinitions.CollectAsync(folder, limit.Token) ? Directory.GetFiles(folder, "*.yaml") : [permissive], limit.Token);
        await InstallAsync(Directory.GetFiles(Path.Combine(Samples.Repository(), "config", "crds"), "idp.dev_*.yaml"), limit.Token);
        foreach (var kind in (ResourceKind[])[.. EnvironmentSections.Owned, .. EnvironmentSections.Observed, ApplicationEnvironment.ResourceKind])
        {
            await EstablishedAsync(kind, limit.Token);
        }

        await NamespaceAsync("argocd", limit.Token);
        Directory.Delete(folder, recursive: true);
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_controlPlane is not null)
        {
            await _controlPlane.DisposeAsync();
        }
    }

    public async Task NamespaceAsync(string name, CancellationToken cancellationToken) => await Client.CreateAsync(
        WellKnownKinds.Namespace,
        new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } },
        cancellationToken);

    /// <summary>Writes a status as the child's own controller would; some kinds have no status subresource.</summary>
    public async Task SetStatusAsync(ResourceKind kind, ObjectKey key, JsonNode status, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
            ["status"] = status.DeepClone(),
        };
        var subresource = kind == DeliverySection.Application || kind == SchemaSection.Table ? null : "status";
        await Client.ApplyAsync(
            kind, body, new ApplyOptions { FieldManager = "stand-in", Force = true, Subresource = subresource }, cancellationToken);
    }

    private async Task InstallAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            // The definitions of other projects are longer than what we let our own users write.
            var limits = new YamlLimits { Characters = 8 << 20, Values = 1 << 20, Depth = 200 };
            foreach (var document in YamlReader.ReadAll(await File.ReadAllTextAsync(file, cancellationToken), file, limits))
            {
                await Client.CreateAsync(WellKnownKinds.CustomResourceDefinition, document.Root!.AsObject(), cancellationToken);
            }
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
            catch (KubeException missing) when (missing is NotFoundException or KindNotFoundException)
            {
                continue;
            }
        }
    }
}

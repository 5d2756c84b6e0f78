using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.Client;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>An applier against a real API server, with what it wrote and what somebody else does meanwhile.</summary>
public abstract class ApplierScenario(ControlPlaneFixture controlPlane)
{
    protected static CancellationToken Never => CancellationToken.None;

    protected static Ownership Us { get; } = new("idp-operator", new Dictionary<string, string> { ["idp.dev/environment"] = "shop-staging" });

    protected static ResourceKind Unserved { get; } = new("nobody.idp.dev", "v1", "Ghost", "ghosts");

    /// <summary>The server.</summary>
    protected ControlPlaneFixture ControlPlane { get; } = controlPlane;

    /// <summary>What the applier knows without asking.</summary>
    private protected MemoryReader Memory { get; } = new();

    /// <summary>What it sent to change something.</summary>
    protected List<string> Writes { get; } = [];

    protected static string Print(ApplyReport report) => string.Join("; ", report.Objects.Select(applied => $"{applied.Desired}: {applied.Outcome} {applied.Message}"));

    protected static DesiredObject Settings(ObjectKey key, string value, Ownership? owner = null) => new(WellKnownKinds.ConfigMap, new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = DesiredWorld.Metadata(key, (owner ?? Us).Labels["idp.dev/environment"]),
        ["data"] = new JsonObject { ["value"] = value },
    });

    protected Applier NewApplier(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>>? script = null)
    {
        var handler = new Intercept(async (request, cancellationToken) =>
        {
            var answer = script is null ? null : await script(request, cancellationToken);
            if (request.Method != HttpMethod.Get)
            {
                lock (Writes)
                {
                    Writes.Add($"{request.Method} {request.RequestUri}");
                }
            }

            return answer;
        });
        return new Applier(KubeClient.Create(ControlPlane.Config, [handler]), Memory, Memory, TimeProvider.System, NullLogger<Applier>.Instance);
    }

    protected async Task<JsonObject> LiveAsync(ResourceKind kind, ObjectKey key) => (await ControlPlane.Client.GetAsync(kind, key, Never)).ToJson();

    // Somebody else's edit; our memory hears of it as by a watch.
    protected async Task EditAsync(ResourceKind kind, ObjectKey key, JsonPatch patch) =>
        Memory.Observe(await ControlPlane.Client.PatchAsync(kind, key, patch, Never));

    protected async Task<IReadOnlyList<string>> NamesAsync(string inNamespace)
    {
        var page = await ControlPlane.Client.ListPageAsync(WellKnownKinds.ConfigMap, new ListOptions { Namespace = inNamespace }, Never);
        return [.. page.Items.Select(item => item.Metadata.Name).Where(name => name != "kube-root-ca.crt")];
    }
}

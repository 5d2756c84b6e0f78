using System.Text.Json.Nodes;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.Controllers;

namespace Idp.Kubernetes.Tests.Hosting;

/// <summary>Gives every widget one ConfigMap that says its size.</summary>
internal sealed class WidgetController(KubeClient client, IWriteObserver writes, WorkLog log) : IEntityController<Widget>
{
    private static readonly ApplyOptions Ours = new() { FieldManager = "widgets", Force = true };

    public static JsonObject Child(string inNamespace, string name, string size, JsonObject? owner) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = inNamespace,
            ["labels"] = new JsonObject { ["ns"] = inNamespace },
            ["ownerReferences"] = owner is null ? null : new JsonArray(owner),
        },
        ["data"] = new JsonObject { ["size"] = size },
    };

    public async Task<ReconciliationResult<Widget>> ReconcileAsync(Widget entity, CancellationToken cancellationToken)
    {
        await log.WorkAsync(entity.Metadata.Name, entity.Spec.Size, cancellationToken);
        var owner = new JsonObject
        {
            ["apiVersion"] = Widget.ResourceKind.ApiVersion,
            ["kind"] = Widget.ResourceKind.Kind,
            ["name"] = entity.Metadata.Name,
            ["uid"] = entity.Metadata.Uid,
            ["controller"] = true,
        };
        var child = Child(entity.Metadata.Namespace!, entity.Metadata.Name, $"{entity.Spec.Size}", owner);
        writes.Observe((await client.ApplyAsync(WellKnownKinds.ConfigMap, child, Ours, cancellationToken)).Object);
        return ReconciliationResult<Widget>.Success(entity);
    }

    public Task<ReconciliationResult<Widget>> DeletedAsync(Widget entity, CancellationToken cancellationToken)
    {
        log.AddDeleted();
        return Task.FromResult(ReconciliationResult<Widget>.Success(entity));
    }
}

internal sealed class WidgetFinalizer(WorkLog log) : IEntityFinalizer<Widget>
{
    public Task<ReconciliationResult<Widget>> FinalizeAsync(Widget entity, CancellationToken cancellationToken)
    {
        log.AddFinalized();
        return Task.FromResult(ReconciliationResult<Widget>.Success(entity));
    }
}

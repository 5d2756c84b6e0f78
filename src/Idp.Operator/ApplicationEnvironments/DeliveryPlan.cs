using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Controllers;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The Argo CD Application: what is deployed, where, and what the manifest decides over the repository.</summary>
/// <remarks>https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/</remarks>
internal static class DeliveryPlan
{
    /// <summary>Makes Argo CD delete what it deployed before the Application goes.</summary>
    public const string CascadeFinalizer = "resources-finalizer.argocd.argoproj.io";

    /// <summary>The Application.</summary>
    /// <param name="target">The environment.</param>
    /// <param name="project">The Argo CD project that the team may use.</param>
    public static DesiredObject Make(Target target, string project)
    {
        var key = target.Names.Application;
        var body = target.Begin(ChildKinds.Application, key.Name, key.Namespace);
        body["metadata"]!["finalizers"] = new JsonArray(CascadeFinalizer);
        body["spec"] = new JsonObject
        {
            ["project"] = project,
            ["source"] = Source(target),
            ["destination"] = new JsonObject
            {
                ["server"] = target.Settings.ArgoCd.DestinationServer,
                ["namespace"] = target.Namespace,
            },
            ["syncPolicy"] = SyncPolicy(target.Sync),
        };
        return new DesiredObject(ChildKinds.Application, body);
    }

    /// <summary>The objects that the repository has to hold for the manifest to reach them: kind and name.</summary>
    public static IReadOnlyList<(string Kind, string Name)> ContractOf(Target target) => target.Spec.Host is null
        ? [("Deployment", target.Application), ("Service", target.Application)]
        : [("Deployment", target.Application), ("Service", target.Application), ("Ingress", target.Application)];

    private static JsonObject Source(Target target) => new()
    {
        ["repoURL"] = target.Spec.Source.RepoUrl,
        ["path"] = target.Spec.Source.Path,
        ["targetRevision"] = target.Spec.Source.TargetRevision ?? "HEAD",
        ["kustomize"] = Kustomize(target),
    };

    private static JsonObject Kustomize(Target target)
    {
        // Whatever namespace the manifests name, they are deployed into this one.
        var kustomize = new JsonObject { ["namespace"] = target.Namespace };
        if (target.Spec.Workload?.Image is { } image && ImageReference.IsPinned(image))
        {
            kustomize["images"] = new JsonArray($"{target.Application}={image}");
        }

        if (target.Spec.Workload?.Replicas is { } replicas)
        {
            kustomize["replicas"] = new JsonArray(
                new JsonObject { ["name"] = target.Application, ["count"] = replicas });
        }

        var patches = WorkloadPatches.Make(target);
        if (patches.Count > 0)
        {
            kustomize["patches"] = new JsonArray([.. patches]);
        }

        return kustomize;
    }

    /// <summary>The namespace is ours, so Argo CD does not make one.</summary>
    private static JsonObject SyncPolicy(SyncMode sync)
    {
        var policy = new JsonObject
        {
            ["syncOptions"] = new JsonArray("PruneLast=true", "FailOnSharedResource=true"),
            ["retry"] = new JsonObject
            {
                ["limit"] = 5,
                ["backoff"] = new JsonObject { ["duration"] = "5s", ["factor"] = 2, ["maxDuration"] = "3m" },
            },
        };
        if (sync == SyncMode.Automatic)
        {
            policy["automated"] = new JsonObject { ["prune"] = true, ["selfHeal"] = true };
        }

        return policy;
    }
}

using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The Argo CD Application: what is deployed, where, and what the manifest decides over the repository.</summary>
/// <remarks>https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/</remarks>
internal sealed class DeliverySection : Section
{
    /// <summary>https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications</summary>
    public static readonly ResourceKind Application = new("argoproj.io", "v1alpha1", "Application", "applications");

    /// <summary>https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#projects</summary>
    public static readonly ResourceKind AppProject = new("argoproj.io", "v1alpha1", "AppProject", "appprojects");

    /// <summary>Makes Argo CD delete what it deployed before the Application goes.</summary>
    public const string CascadeFinalizer = "resources-finalizer.argocd.argoproj.io";

    private const string ArgoCd = "Argo CD";

    /// <inheritdoc/>
    public override string Condition => Conditions.DeliveryReady;

    /// <inheritdoc/>
    public override IReadOnlyList<ChildKind> Kinds { get; } =
    [
        new(Application, DeletionRank.Delivery) { Provider = ArgoCd, IsElsewhere = true },
        new(AppProject) { Provider = ArgoCd, IsElsewhere = true, Role = ChildRole.Shared },
    ];

    /// <summary>The Application.</summary>
    public override IReadOnlyList<DesiredObject> Make(EffectiveEnvironment environment)
    {
        var (key, home) = (environment.Names.Application, environment.Entity.Metadata.Namespace ?? "");
        var wanted = environment.Object(Application, key.Name, @namespace: key.Namespace, spec: new JsonObject
        {
            ["project"] = new Grants(environment.Settings).ProjectFor(home, environment.Team),
            ["source"] = Source(environment),
            ["destination"] = new JsonObject
            {
                ["server"] = environment.Settings.ArgoCd.DestinationServer,
                ["namespace"] = environment.Namespace,
            },
            ["syncPolicy"] = SyncPolicy(environment.Sync),
        });
        wanted.Body["metadata"]!["finalizers"] = new JsonArray(CascadeFinalizer);
        return [wanted];
    }

    /// <summary>What the Application says; of a repository that it may not read, what the platform knows as well.</summary>
    public override ChildState Read(IReadOnlyList<KubeObject> live, SectionInput seen) =>
        RepositoryAccess.Explain(DeliveryState.Of(live[0], ContractOf(seen.Environment)), seen);

    /// <summary>The objects that the repository has to hold for the manifest to reach them: kind and name.</summary>
    public static IReadOnlyList<(string Kind, string Name)> ContractOf(EffectiveEnvironment environment) => environment.Spec.Host is null
        ? [("Deployment", environment.Application), ("Service", environment.Application)]
        : [("Deployment", environment.Application), ("Service", environment.Application), ("Ingress", environment.Application)];

    private static JsonObject Source(EffectiveEnvironment environment) => new()
    {
        ["repoURL"] = environment.Spec.Source.RepoUrl,
        ["path"] = environment.Spec.Source.Path,
        ["targetRevision"] = environment.Spec.Source.TargetRevision ?? "HEAD",
        ["kustomize"] = Kustomize(environment),
    };

    private static JsonObject Kustomize(EffectiveEnvironment environment)
    {
        // Whatever namespace the manifests name, they are deployed into this one.
        var kustomize = new JsonObject { ["namespace"] = environment.Namespace };
        if (environment.Spec.Workload?.Image is { } image && ImageReference.IsPinned(image))
        {
            kustomize["images"] = new JsonArray($"{environment.Application}={image}");
        }

        if (environment.Spec.Workload?.Replicas is { } replicas)
        {
            kustomize["replicas"] = new JsonArray(
                new JsonObject { ["name"] = environment.Application, ["count"] = replicas });
        }

        var patches = WorkloadPatches.Make(environment);
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

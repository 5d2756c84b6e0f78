using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using static Idp.EndToEnd.Tests.Tenants.Outcome;
using static Idp.EndToEnd.Tests.Tenants.Try;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>Tries to write what only the operator or another team may write.</summary>
internal static class AccessTries
{
    private static readonly string[] Roles = ["view", "edit", "admin"];
    private static readonly ResourceKind Project = new("argoproj.io", "v1alpha1", "AppProject", "appprojects");
    private static readonly ResourceKind Policy = WellKnownKinds.NetworkPolicy;
    private static readonly ResourceKind Secret = new("", "v1", "Secret", "secrets");

    public static IEnumerable<Try> All =>
    [
        .. Roles.Select(role => Act(
            $"the status of an own BackendApp, as {role}", attack => SetStatusAsync(attack, role, Kinds.BackendApp, Attacker.Base), NotAllowed())),
        .. Roles.Select(role => Act(
            $"the status of an own ApplicationEnvironment, as {role}",
            attack => SetStatusAsync(attack, role, Kinds.Environment, $"{Attacker.Base}-staging"),
            NotAllowed())),
        Act("a BackendApp, as one who may only look", async attack => await (await attack.Attacker.AsAsync("view")).CreateAsync(
            Kinds.BackendApp, Manifest(Kinds.BackendApp, Attacker.Team, attack.Name), CancellationToken.None), NotAllowed()),
        Change("the finalizer of another team's BackendApp", Kinds.BackendApp, Victim.Team, "shop", "/metadata/finalizers"),
        Change("the finalizer of another team's environment", Kinds.Environment, Victim.Team, "shop-staging", "/metadata/finalizers"),
        Change("the label of the own team's namespace", WellKnownKinds.Namespace, "", Attacker.Team, "/metadata/labels"),
        Change("the labels of another team's namespace", WellKnownKinds.Namespace, "", "shop-staging", "/metadata/labels"),
        Change("the operator's settings", WellKnownKinds.ConfigMap, "idp-system", "idp-platform", "/data"),
        Change("the record of adoptions", WellKnownKinds.ConfigMap, "idp-system", "idp-adoptions", "/data"),
        Change("the operator's lease", WellKnownKinds.Lease, "idp-system", "idp-operator", "/spec"),
        Change("another team's Application", ForeignKinds.Application, "argocd", "shop-staging", "/metadata/labels"),
        Change("Argo CD's project", Project, "argocd", "default", "/metadata/labels"),
        Act("the operator's key", attack => attack.Attacker.Client.GetAsync(Secret, new ObjectKey("idp-system", "idp-ownership-key"), CancellationToken.None), NotAllowed()),
        Act("another team's secrets", attack => attack.Attacker.Client.GetAsync(Secret, new ObjectKey("shop-staging", "shop-secrets"), CancellationToken.None), NotAllowed()),
        Create("a BackendApp in another team's namespace", Kinds.BackendApp, Victim.Team),
        Create("an environment in another team's namespace", Kinds.Environment, Victim.Team),
        Create("a namespace", WellKnownKinds.Namespace, ""),
        Create("an Application in Argo CD's namespace", ForeignKinds.Application, "argocd"),
        Create("a project in Argo CD's namespace", Project, "argocd"),
        Act("the deletion of another team's BackendApp", attack => attack.Attacker.Client.DeleteAsync(
            Kinds.BackendApp, new ObjectKey(Victim.Team, "shop"), new DeleteOptions(), CancellationToken.None), NotAllowed()),
        Act("an object that looks like a part of another team's environment", attack => attack.Attacker.ApplyAsync(Policy, Part(attack)), new Harmless(LookAtShopAsync)),
        Act("the operator's finalizer on an object of another kind", attack => attack.Attacker.ApplyAsync(WellKnownKinds.ConfigMap, Held(attack)), new Harmless(DropAsync)),
        App("an own BackendApp without its finalizer", Specs.Small, new Harmless(LoseFinalizerAsync)),
    ];

    private static async Task SetStatusAsync(Attack attack, string role, ResourceKind kind, string name)
    {
        var client = await attack.Attacker.AsAsync(role);
        var patch = new JsonPatch().Add("/status/namespace", "shop-staging").Add("/status/repository", new JsonObject { ["id"] = 100_001 });
        await client.PatchAsync(kind, new ObjectKey(Attacker.Team, name), patch, "status", CancellationToken.None);
    }

    private static Try Change(string name, ResourceKind kind, string @namespace, string item, string path) => Act(
        name,
        attack => attack.Attacker.Client.PatchAsync(kind, new ObjectKey(@namespace, item), new JsonPatch().Remove(path), CancellationToken.None),
        NotAllowed());

    private static Try Create(string name, ResourceKind kind, string @namespace) => Act(
        name, attack => attack.Attacker.Client.CreateAsync(kind, Manifest(kind, @namespace, attack.Name), CancellationToken.None), NotAllowed());

    private static JsonObject Manifest(ResourceKind kind, string @namespace, string name) => new()
    {
        ["apiVersion"] = kind.ApiVersion,
        ["kind"] = kind.Kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace },
        ["spec"] = new JsonObject(),
    };

    private static JsonObject Part(Attack attack)
    {
        var body = Manifest(Policy, Attacker.Team, attack.Name);
        body["metadata"]!["labels"] = new JsonObject
        {
            [Labels.ManagedBy] = Labels.Manager,
            [Labels.Environment] = "shop-staging",
            [Labels.EnvironmentNamespace] = Victim.Team,
        };
        body["spec"] = new JsonObject { ["podSelector"] = new JsonObject() };
        return body;
    }

    // A write to it would be another's: it is in no environment. That it goes with the environment's next look is as good.
    private static async Task LookAtShopAsync(Attack attack)
    {
        await attack.Platform.UntilIdleAsync();
        await attack.Attacker.Client.DeleteAsync(Policy, new ObjectKey(Attacker.Team, attack.Name), new DeleteOptions(), CancellationToken.None);
    }

    private static JsonObject Held(Attack attack)
    {
        var body = Manifest(WellKnownKinds.ConfigMap, Attacker.Team, attack.Name);
        body.Remove("spec");
        body["metadata"]!["finalizers"] = new JsonArray(Finalizers.BackendApp, Finalizers.ApplicationEnvironment);
        return body;
    }

    private static async Task DropAsync(Attack attack)
    {
        var key = new ObjectKey(Attacker.Team, attack.Name);
        await attack.Attacker.Client.DeleteAsync(WellKnownKinds.ConfigMap, key, new DeleteOptions(), CancellationToken.None);
        await attack.Attacker.Client.PatchAsync(WellKnownKinds.ConfigMap, key, new JsonPatch().Remove("/metadata/finalizers"), CancellationToken.None);
    }

    // It comes back; and if not, what was made stays, and is the attacker's own.
    private static async Task LoseFinalizerAsync(Attack attack)
    {
        await attack.UntilAsync("ready", item => item.Is(Conditions.Ready));
        var key = new ObjectKey(Attacker.Team, attack.Name);
        await attack.Attacker.Client.PatchAsync(Kinds.BackendApp, key, new JsonPatch().Remove("/metadata/finalizers"), CancellationToken.None);
        await attack.UntilAsync("held again", item => item.TextsAt("metadata", "finalizers").Contains(Finalizers.BackendApp));
    }
}

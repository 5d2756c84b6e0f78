using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.Yaml;

namespace Idp.EndToEnd.Tests.World;

/// <summary>One BackendApp, as its developer handles it.</summary>
/// <param name="Platform">Where it lives.</param>
/// <param name="Team">The team's namespace.</param>
/// <param name="Name">The application's name.</param>
internal sealed record TestApp(Platform Platform, string Team, string Name)
{
    /// <summary>Whether the manifest says that the repository may be deleted, where its policy wants that.</summary>
    public bool ConfirmsDeletion { get; init; } = true;

    /// <summary>The namespace of one environment, which is also the name of its ApplicationEnvironment and Application.</summary>
    public string In(string environment) => $"{Name}-{environment}";

    /// <summary>The label selector of everything that is part of it.</summary>
    public string Selector => $"{Labels.PartOf}={Name}";

    /// <summary>Applies the manifest with this spec: what was in it before and is not any more, goes.</summary>
    public Task<KubeObject> ApplyAsync(string spec) => ApplyAsync(YamlText.ReadObjects(spec).SingleOrDefault() ?? []);

    /// <inheritdoc cref="ApplyAsync(string)"/>
    public Task<KubeObject> ApplyAsync(JsonObject spec) => Platform.Sandbox.ApplyAsync(Manifest(spec), CancellationToken.None);

    /// <inheritdoc cref="Platform.RefusalAsync"/>
    public Task<string?> RefusalAsync(string spec) => Platform.RefusalAsync(Manifest(YamlText.ReadObjects(spec)[0]));

    /// <summary>Applies the manifest and waits until it is true.</summary>
    public async Task<JsonObject> MakeAsync(string spec)
    {
        await ApplyAsync(spec);
        return await UntilReadyAsync();
    }

    /// <summary>The manifest with this spec.</summary>
    public JsonObject Manifest(JsonObject spec) => new()
    {
        ["apiVersion"] = Kinds.BackendApp.ApiVersion,
        ["kind"] = Kinds.BackendApp.Kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = Name,
            ["namespace"] = Team,
            ["annotations"] = ConfirmsDeletion ? new JsonObject { [Annotations.ConfirmDelete] = Name } : [],
        },
        ["spec"] = spec.DeepClone(),
    };

    /// <summary>The BackendApp as it is.</summary>
    public Task<JsonObject> GetAsync() => Platform.GetAsync(Kinds.BackendApp, Team, Name);

    /// <summary>Waits until the BackendApp is as expected.</summary>
    public Task<JsonObject> UntilAsync(string what, Func<JsonObject, bool> isExpected) =>
        Platform.Watching.UntilAsync(Kinds.BackendApp, Team, Name, what, isExpected);

    /// <summary>Waits until the newest manifest is carried out.</summary>
    public Task<JsonObject> UntilReadyAsync() => UntilAsync("ready", app => app.Is(Conditions.Ready));

    /// <summary>Waits until the BackendApp says that only people can help; returns what it says.</summary>
    public async Task<string> UntilStalledAsync(string reason)
    {
        var app = await UntilAsync($"stalled by {reason}", app => app.IsStalled(reason));
        app.Condition(Conditions.Ready).TextAt("status").Should().Be("False");
        return app.Condition(Conditions.Stalled).TextAt("message") ?? "";
    }

    /// <summary>Asks for a reconcile, and waits until it is done: after that, what has not happened does not happen.</summary>
    public async Task ReconcileAsync()
    {
        await ReconcileAsync(Kinds.BackendApp, Name);
        foreach (var environment in await Platform.ListAsync(Kinds.Environment, Team))
        {
            await ReconcileAsync(Kinds.Environment, environment.TextAt("metadata", "name") ?? "");
        }
    }

    /// <summary>Deletes the BackendApp and waits until it is gone, and with it what was to go.</summary>
    public async Task DeleteAsync()
    {
        await Platform.Client.DeleteAsync(Kinds.BackendApp, new ObjectKey(Team, Name), new DeleteOptions(), CancellationToken.None);
        await Platform.Watching.UntilGoneAsync(Kinds.BackendApp, Team, Name);
    }

    /// <summary>Everything in the cluster that says that it is part of the application, as <c>Kind namespace/name</c>.</summary>
    public async Task<IReadOnlyList<string>> ChildrenAsync()
    {
        List<string> found = [];
        foreach (var kind in Kinds.Owned)
        {
            var items = await Platform.ListAsync(kind, labelSelector: Selector);
            found.AddRange(items.Select(item => $"{kind.Kind} {KubeObject.From(kind, item).Key}"));
        }

        return found;
    }

    /// <summary>What <see cref="Specs.Everything"/> makes for one environment, in the words of <see cref="ChildrenAsync"/>.</summary>
    public IReadOnlyList<string> EverythingIn(string environment)
    {
        var home = In(environment);
        return
        [
            $"ApplicationEnvironment {Team}/{home}",
            $"Namespace {home}",
            $"ResourceQuota {home}/idp-quota",
            $"LimitRange {home}/idp-defaults",
            $"NetworkPolicy {home}/idp-isolation",
            $"RoleBinding {home}/idp-edit-{Team}",
            $"ExternalSecret {home}/{Name}-secrets",
            $"Cluster {home}/{Name}-db",
            $"Database {home}/{Name}-db",
            $"Table {home}/{Name}-users",
            $"Application argocd/{home}",
        ];
    }

    /// <summary>Sets an annotation of the BackendApp, as a person does.</summary>
    public Task AnnotateAsync(string annotation, string value) => Platform.KubectlAsync(
        "annotate", "--overwrite", $"{Kinds.BackendApp.Plural}.{Kinds.BackendApp.Group}", Name, "-n", Team, $"{annotation}={value}");

    private async Task ReconcileAsync(ResourceKind kind, string name)
    {
        var token = Guid.NewGuid().ToString("N");
        await Platform.KubectlAsync(
            "annotate", "--overwrite", $"{kind.Plural}.{kind.Group}", name, "-n", Team, $"{Annotations.ReconcileRequestedAt}={token}");
        await Platform.Watching.UntilAsync(
            kind, Team, name, "asked to be reconciled and handled", item => item.TextAt("status", "lastHandledReconcileAt") == token);
    }
}

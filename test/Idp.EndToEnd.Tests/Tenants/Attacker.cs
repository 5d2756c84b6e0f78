using System.Text;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>
/// Somebody of another team: an account that has the cluster's role <c>edit</c> in the team's own namespace, and a person of the organisation on
/// GitHub who administers no repository of others.
/// </summary>
internal sealed class Attacker : IDisposable
{
    /// <summary>The namespace of the team.</summary>
    public const string Team = "team-b";

    /// <summary>The name of the person on GitHub.</summary>
    public const string Login = "mallory";

    /// <summary>An application of its own, which is ready.</summary>
    public const string Base = "base-b";

    /// <summary>The file in which a repository says where it comes from.</summary>
    public const string MarkerPath = ".idp/repository.json";

    private readonly Platform _platform;
    private readonly List<KubeClient> _clients = [];

    private Attacker(Platform platform, string token)
    {
        _platform = platform;
        GitHub = new GitHubApi(platform.Sandbox.GitHub, token, platform.Sandbox.Directory);
    }

    /// <summary>The API server, as the account with the role <c>edit</c>.</summary>
    public KubeClient Client { get; private set; } = null!;

    /// <summary>GitHub, as the person.</summary>
    public GitHubApi GitHub { get; }

    /// <summary>What the operator wrote into the repository <c>heirloom</c> while that was the attacker's.</summary>
    public string OldMarker { get; private set; } = "";

    /// <summary>Makes the team, its account and its applications, one of which it gives up.</summary>
    public static async Task<Attacker> EnterAsync(Platform platform, string token)
    {
        await platform.NewTeamAsync("b");
        var attacker = new Attacker(platform, token);
        attacker.Client = await attacker.AsAsync("edit");
        var heirloom = new TestApp(platform, Team, "heirloom");
        await Task.WhenAll(new TestApp(platform, Team, Base).MakeAsync(Specs.Small), heirloom.MakeAsync(Specs.Small));
        attacker.OldMarker = await attacker.ReadAsync("heirloom", MarkerPath);
        await heirloom.DeleteAsync();
        return attacker;
    }

    /// <summary>An account of the team's that has a role of the cluster's: <c>view</c>, <c>edit</c> or <c>admin</c>.</summary>
    public async Task<KubeClient> AsAsync(string role)
    {
        await _platform.ApplyAsync($"{{apiVersion: v1, kind: ServiceAccount, metadata: {{name: {role}, namespace: {Team}}}}}");

        // What the cluster's controller does elsewhere: the role is the sum of those that are labelled so, ours among them.
        List<string?> parts = [];
        foreach (var sum in role switch { "admin" => ["admin", "edit", "view"], "edit" => ["edit", "view"], _ => new[] { "view" } })
        {
            var labelled = await _platform.ListAsync(Kinds.ClusterRole, labelSelector: $"rbac.authorization.k8s.io/aggregate-to-{sum}=true");
            parts.AddRange(labelled.Select(part => part.TextAt("metadata", "name")));
        }

        parts.Should().Contain("idp-view", "our roles flow into the cluster's");
        foreach (var part in parts.Distinct())
        {
            await _platform.ApplyAsync($$"""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: "{{role}}:{{part}}", namespace: {{Team}}}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "{{part}}"}
                subjects: [{kind: ServiceAccount, name: {{role}}, namespace: {{Team}}}]
                """);
        }

        var path = Path.Combine(_platform.Sandbox.Directory, $"{Team}-{role}.kubeconfig");
        await new AccountKubeconfig(_platform.Sandbox.Kubectl).WriteAsync(path, Team, role, CancellationToken.None);
        var config = KubeConfig.Load(path);
        var client = KubeClient.Create(config, new KubeClientSettings { UserAgent = $"{Team}-{role}" });
        _clients.Add(client);
        return client;
    }

    /// <summary>Applies an object as the team does.</summary>
    public async Task<JsonObject> ApplyAsync(ResourceKind kind, JsonObject body) =>
        (await Client.ApplyAsync(kind, body, new ApplyOptions { FieldManager = Login, Force = true }, CancellationToken.None)).Object.ToJson();

    /// <summary>Asks for a reconcile of an object of the team's.</summary>
    /// <returns>What status says when it is done.</returns>
    public async Task<string> AskForReconcileAsync(ResourceKind kind, string name)
    {
        var token = $"{Guid.NewGuid():N}";
        var body = new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = Team,
                ["annotations"] = new JsonObject { [Annotations.ReconcileRequestedAt] = token },
            },
        };
        await Client.ApplyAsync(kind, body, new ApplyOptions { FieldManager = "asks", Force = true }, CancellationToken.None);
        return token;
    }

    /// <summary>Commits a file to the default branch of a repository; null takes the file away.</summary>
    public async Task CommitAsync(string repository, string path, string? text)
    {
        var address = $"repos/acme/{repository}/contents/{path}";
        var (_, live) = await GitHub.AskAsync(HttpMethod.Get, address);
        if (text is null)
        {
            var folder = await GitHub.CloneAsync(repository);
            File.Delete(Path.Combine(folder, path));
            await GitHub.PushAsync(folder, "Tidy up");
            return;
        }

        var body = new JsonObject
        {
            ["message"] = "Tidy up",
            ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
            ["sha"] = live.TextAt("sha"),
        };
        await GitHub.SendAsync(HttpMethod.Put, address, body.ToJsonString());
    }

    /// <summary>A file of a repository's default branch.</summary>
    public async Task<string> ReadAsync(string repository, string path)
    {
        var (_, live) = await GitHub.AskAsync(HttpMethod.Get, $"repos/acme/{repository}/contents/{path}");
        return Encoding.UTF8.GetString(Convert.FromBase64String(live.TextAt("content") ?? ""));
    }

    public void Dispose()
    {
        GitHub.Dispose();
        _clients.ForEach(client => client.Dispose());
    }
}

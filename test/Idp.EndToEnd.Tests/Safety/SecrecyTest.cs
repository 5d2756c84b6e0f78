using System.Text;
using System.Text.RegularExpressions;
using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>No value of a secret is anywhere but in its Secret: not in a status, an event, a log line, a metric or a repository.</summary>
[Collection(SharedWorld.Name)]
public sealed partial class SecrecyTest(Platform platform)
{
    [Fact]
    public async Task NoSecretIsSeenWhereItDoesNotBelong()
    {
        await platform.ShowcaseAsync();
        await HearSecretsFromOthersAsync();

        var secrets = await SecretsAsync();
        var places = await PlacesAsync();

        secrets.Should().HaveCountGreaterThan(5, "the databases, the secret store and the operator itself have some");
        places.Should().ContainKey("metrics").And.ContainKey("BackendApp").And.ContainKey("Event");
        foreach (var (place, text) in places)
        {
            secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)).Should().BeEmpty($"{place} is for everybody");
        }
    }

    /// <summary>Has everybody whose words end in our conditions say a secret: a database, and GitHub.</summary>
    private async Task HearSecretsFromOthersAsync()
    {
        var app = await platform.NewAppAsync("overheard");
        await app.MakeAsync(Specs.WithDatabase);
        var home = app.In("staging");
        var secret = await platform.GetAsync(ForeignKinds.Secret, home, "overheard-db-app");
        var address = Decode(secret.TextAt("data", "uri"));
        var key = new ObjectKey(home, "overheard-db");
        platform.Sandbox.Faults.Fail("Cluster.postgresql.cnpg.io", key, $"cannot connect to {address}");
        platform.Sandbox.GitHub.Add(new() { Method = "GET", Path = "repositories/", Status = 503, Body = new JsonObject { ["message"] = $"Bearer {platform.Token} is welcome" } });

        await app.UntilAsync("told by the database", item => item.Condition(Conditions.Ready).TextAt("message")!.Contains("cannot connect", StringComparison.Ordinal));
        await app.ReconcileAsync();

        platform.Sandbox.GitHub.ClearFaults();
        platform.Sandbox.Faults.Heal("Cluster.postgresql.cnpg.io", key);
        await app.ReconcileAsync();
        await app.UntilReadyAsync();
    }

    /// <summary>What must not be seen: the pretended values, the token for GitHub and the operator's own.</summary>
    private async Task<IReadOnlyList<string>> SecretsAsync()
    {
        var values = (await platform.ListAsync(WellKnownKinds.Secret))
            .SelectMany(secret => secret.MembersAt("data"))
            .Select(entry => Decode((string?)entry.Value))
            .SelectMany(text => FakeValue().Matches(text).Select(match => match.Value));
        var kubeconfig = await File.ReadAllTextAsync(platform.Sandbox.OperatorKubeconfig);
        return [.. values.Append(platform.Token).Concat(AccountToken().Matches(kubeconfig).Select(match => match.Value)).Distinct()];
    }

    /// <summary>Everything that others than the owner of a secret can read, by where it is.</summary>
    private async Task<IReadOnlyDictionary<string, string>> PlacesAsync()
    {
        var places = new Dictionary<string, string> { ["metrics"] = await platform.ReadOperatorAsync("metrics") };
        foreach (var log in Directory.EnumerateFiles(Path.Combine(platform.Sandbox.Directory, "log"), "operator-*.log"))
        {
            places[Path.GetFileName(log)] = await File.ReadAllTextAsync(log);
        }

        ResourceKind[] kinds = [Kinds.BackendApp, .. Kinds.Owned, .. Kinds.Deployed, WellKnownKinds.Event, WellKnownKinds.ConfigMap, WellKnownKinds.Lease];
        foreach (var kind in kinds)
        {
            places[kind.Kind] = string.Join('\n', await OursAsync(kind));
        }

        var folder = await platform.GitHub.CloneAsync("overheard");
        places["repository"] = await GitHubApi.GitAsync(folder, "log", "--patch");
        return places;
    }

    /// <summary>The objects as they are, without the words of those who were made to say secrets.</summary>
    private async Task<IEnumerable<string>> OursAsync(ResourceKind kind)
    {
        var items = await platform.ListAsync(kind);
        foreach (var item in items.Where(_ => kind == ForeignKinds.Cluster))
        {
            item.Remove("status");
        }

        return items.Select(item => item.ToJsonString());
    }

    private static string Decode(string? base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64 ?? ""));

    [GeneratedRegex("fake-[0-9a-f]{32}")]
    private static partial Regex FakeValue();

    [GeneratedRegex("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+")]
    private static partial Regex AccountToken();
}

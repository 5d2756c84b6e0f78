using System.Text;
using System.Text.RegularExpressions;
using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>No value of a secret is anywhere but in its Secret: not in a status, an event, a log line, a metric or a repository.</summary>
[Collection(SharedWorld.OfSafety)]
public sealed partial class SecrecyTest(Platform platform)
{
    [Fact]
    public async Task NoSecretIsSeenWhereItDoesNotBelong()
    {
        await platform.ShowcaseAsync();
        await HearSecretsFromOthersAsync();

        var secrets = await SecretsAsync();
        var places = await PublicPlaces.ReadAsync(platform, "overheard");

        secrets.Should().HaveCountGreaterThan(5, "the databases, the secret store and the operator itself have some");
        places.ShouldHoldNone(secrets);
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

    private static string Decode(string? base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64 ?? ""));

    [GeneratedRegex("fake-[0-9a-f]{32}")]
    private static partial Regex FakeValue();

    [GeneratedRegex("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+")]
    private static partial Regex AccountToken();
}

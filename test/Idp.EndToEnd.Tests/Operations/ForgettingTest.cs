using System.Globalization;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>What is gone from the cluster is remembered nowhere.</summary>
/// <remarks><c>IDP_APPLICATIONS=1000</c> lets so many come and go, each of an owner of its own.</remarks>
[Collection(RepairWorld.Name)]
public sealed class ForgettingTest(RepairPlatform platform)
{
    private const int Whole = 3;
    private const string Mark = "forgotten";
    private static readonly TimeSpan LongerThanAnythingIsRemembered = TimeSpan.FromHours(5);

    /// <summary>What is remembered by the name, the owner or the uid of something; others that come to be are looked into as well.</summary>
    private static readonly string[] Maps =
    [
        "_objects", "_indices", "_last", "_entries", "_waiting", "_ready", "_failures", "_scopes", "_reconciled", "_drifts", "_watched",
        "_series", "_buckets", "_looks", "_needs", "_leaving", "_clients", "_quotas", "_tickets", "_rounds",
    ];

    private readonly int _many = int.TryParse(Environment.GetEnvironmentVariable("IDP_APPLICATIONS"), out var asked) ? asked : 60;
    private readonly HashSet<string> _uids = [];

    [Fact]
    public async Task ApplicationsThatCameAndWent_AreNamedNowhereInMemory()
    {
        var team = await platform.NewTeamAsync("leaving");
        await platform.EditAsync(settings => settings["teams"]!.AsArray().Insert(0, new JsonObject
        {
            ["namespace"] = team,
            ["githubOwners"] = new JsonArray("acme", $"{Mark}-*"),
            ["namespaces"] = new JsonArray($"{Mark}-*"),
        }));
        var whole = Enumerable.Range(0, Whole).Select(number => new TestApp(platform, team, $"{Mark}-whole-{number}")).ToList();
        var many = Enumerable.Range(0, _many).Select(number => new TestApp(platform, team, $"{Mark}-{number}")).ToList();
        await ForEachAsync(whole, app => app.ApplyAsync(Specs.Small));
        await UntilAsync(apps => apps.Count(app => app.Is(Conditions.Ready)) == Whole, "ready");
        await ForEachAsync(many, app => app.ApplyAsync($"repository: {{owner: {app.Name}}}"));
        await UntilAsync(apps => apps.All(app => app.Condition(Conditions.Ready) is not null), "known");
        await RememberUidsAsync(team);
        var remembered = platform.FindMentions(IsGone);
        remembered.Found.Should().HaveCountGreaterThan(_many, "what is there is remembered");
        remembered.Fields.Should().Contain(Maps);

        await ForEachAsync([.. whole, .. many], app => platform.Client.DeleteAsync(
            Kinds.BackendApp, new ObjectKey(team, app.Name), new DeleteOptions(), CancellationToken.None));
        await UntilAsync(apps => apps.Count == 0, "gone");
        await ForEachAsync(whole, app => platform.Watching.UntilGoneAsync(WellKnownKinds.Namespace, "", app.In("staging")));
        var end = platform.Clock.GetUtcNow() + LongerThanAnythingIsRemembered;
        await platform.PassTimeUntilAsync(
            () => Task.FromResult((platform.Clock.GetUtcNow() >= end, "time stands still")), TimeSpan.FromMinutes(5));

        platform.FindMentions(IsGone).Found.Should().BeEmpty();
    }

    // Other than by its name, each is known by its uid; the grants, which name all of them at once, stay.
    private bool IsGone(string text) =>
        _uids.Contains(text) || (text.Contains(Mark, StringComparison.Ordinal) && !text.Contains('*', StringComparison.Ordinal));

    private async Task RememberUidsAsync(string team)
    {
        foreach (var kind in (ResourceKind[])[Kinds.BackendApp, Kinds.Environment])
        {
            _uids.UnionWith((await platform.ListAsync(kind, team)).Select(item => item.TextAt("metadata", "uid")!));
        }
    }

    private Task UntilAsync(Func<List<JsonObject>, bool> isSo, string what) => platform.PassTimeUntilAsync(
        async () =>
        {
            var apps = (await platform.ListAsync(Kinds.BackendApp, "team-leaving")).ToList();
            return (isSo(apps), string.Create(CultureInfo.InvariantCulture, $"not all of {apps.Count} are {what}"));
        },
        TimeSpan.FromMinutes(10));

    private static Task ForEachAsync(IReadOnlyList<TestApp> apps, Func<TestApp, Task> act) =>
        Parallel.ForEachAsync(apps, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (app, _) => await act(app));
}

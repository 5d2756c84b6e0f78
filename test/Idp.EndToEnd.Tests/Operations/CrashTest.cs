using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.GitHub;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>The operator may die at any moment: the next one goes on, and in the end there is one of everything.</summary>
[Collection(CrashingWorld.Name)]
public sealed class CrashTest(Platform platform)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    private const int LastRequest = 9;

    /// <summary>Requests to GitHub during a first convergence; after the last there is nothing left to do there.</summary>
    public static TheoryData<int> Requests => new(Enumerable.Range(1, LastRequest));

    /// <summary>Kinds whose first object is the moment to die at.</summary>
    public static TheoryData<string> Moments => new("ApplicationEnvironment", "Namespace", "Cluster", "Table", "Application");

    [Fact]
    public async Task NoRequestOfAFirstConvergenceThatWritesIsLeftOut()
    {
        var app = await platform.NewAppAsync("counted");
        var before = (await platform.GitHub.RequestsAsync()).Count;

        await app.MakeAsync(Specs.Everything(app.Team));

        var requests = (await platform.GitHub.RequestsAsync()).Skip(before).ToList();
        var writes = requests.FindAll(request => !request.StartsWith("GET ", StringComparison.Ordinal));
        writes.Should().HaveCountGreaterThan(3, "a repository, its commit and its description are made");
        requests.FindLastIndex(writes.Contains).Should().BeLessThan(LastRequest, "the operator is killed after each of them in turn");
    }

    /// <remarks>
    /// The answer to one request is lost, and GitHub says nothing more: so nothing happens there after that very
    /// request, however long the operator still lives.
    /// </remarks>
    [Theory]
    [MemberData(nameof(Requests))]
    public async Task KilledAfterARequestToGitHubTheNextOperatorGoesOn(int request)
    {
        var app = await platform.NewAppAsync($"dies-at-{request}");
        var repositories = platform.GitHub.Count();
        platform.Sandbox.GitHub.Add(new GitHubFault { Skip = request - 1, Kind = GitHubFaultKind.DropAfter });
        platform.Sandbox.GitHub.Add(new GitHubFault { Skip = request - 1, Kind = GitHubFaultKind.DropBefore, Times = 1_000_000 });

        await app.ApplyAsync(Specs.Everything(app.Team));
        await platform.Watching.UntilAsync(
            $"request {request} to GitHub", () => Task.FromResult(platform.Sandbox.GitHub.FaultsToCome <= 1_000_000), Glance);
        await KillAsync();
        platform.Sandbox.GitHub.ClearFaults();
        await platform.StartOperatorAsync();

        await app.UntilReadyAsync();
        await ExpectOneOfEverythingAsync(app);
        platform.GitHub.Count().Should().Be(repositories + 1);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task KilledAtAnObjectOfOursTheNextOperatorGoesOn(string kindName)
    {
        var app = await platform.NewAppAsync($"dies-at-{kindName.ToLowerInvariant()}");
        var repositories = platform.GitHub.Count();
        var kind = Kinds.Owned.Single(kind => kind.Kind == kindName);

        await app.ApplyAsync(Specs.Everything(app.Team));
        await platform.Watching.UntilAnyAsync(kind, app.Selector);
        await KillAsync();
        await platform.StartOperatorAsync();

        await app.UntilReadyAsync();
        await ExpectOneOfEverythingAsync(app);
        platform.GitHub.Count().Should().Be(repositories + 1);
    }

    [Fact]
    public async Task KilledDuringADeletionTheNextOperatorEndsIt()
    {
        var app = await platform.NewAppAsync("dies-going");
        await app.MakeAsync($$"""
            repository: {deletionPolicy: Delete}
            {{Specs.WithDatabase}}
            """);
        await platform.Client.DeleteAsync(Kinds.BackendApp, new ObjectKey(app.Team, app.Name), new DeleteOptions(), CancellationToken.None);
        await platform.Watching.UntilGoneAsync(ForeignKinds.Application, "argocd", app.In("staging"));
        await KillAsync();
        await platform.StartOperatorAsync();

        await platform.Watching.UntilGoneAsync(Kinds.BackendApp, app.Team, app.Name);

        (await app.ChildrenAsync()).Should().BeEmpty();
        (await platform.GitHub.ExistsAsync(app.Name)).Should().BeFalse();
    }

    /// <summary>Kills the operator, and does not wait until its lease has run out.</summary>
    private async Task KillAsync()
    {
        await platform.Operator.KillAsync(CancellationToken.None);
        await platform.Client.DeleteAsync(
            WellKnownKinds.Lease, new ObjectKey("idp-system", "idp-operator"), new DeleteOptions(), CancellationToken.None);
    }

    private async Task ExpectOneOfEverythingAsync(TestApp app)
    {
        (await platform.GitHub.CommitsAsync(app.Name)).Should().ContainSingle();
        (await app.ChildrenAsync()).Should().BeEquivalentTo(app.EverythingIn("staging"));
        (await platform.GitHub.FindAsync(app.Name)).TextAt("description").Should().Be("Has everything.");
    }
}

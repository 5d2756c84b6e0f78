using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.World;

/// <summary>Three applications: one that people change, one that they delete and one that they make, whatever is wrong meanwhile.</summary>
internal sealed class Turmoil
{
    private readonly FaultyPlatform _platform;
    private readonly TestApp _changed;
    private readonly TestApp _going;
    private readonly TestApp _coming;
    private int _since;
    private IReadOnlyList<ProxiedRequest> _requests = [];

    private Turmoil(FaultyPlatform platform, string team, string name)
    {
        _platform = platform;
        (_changed, _going, _coming) = (new(platform, team, $"{name}-b"), new(platform, team, $"{name}-c"), new(platform, team, $"{name}-a"));
    }

    /// <summary>The one that is changed: it stays all the time.</summary>
    public TestApp Changed => _changed;

    /// <summary>Makes the two that are there before, and waits until the operator has nothing to do.</summary>
    public static async Task<Turmoil> PrepareAsync(FaultyPlatform platform, string name)
    {
        var turmoil = new Turmoil(platform, await platform.NewTeamAsync(name), name);
        await turmoil._changed.ApplyAsync(Specs.Small);
        await turmoil._going.ApplyAsync(Specs.Small);
        await turmoil._changed.UntilReadyAsync();
        await turmoil._going.UntilReadyAsync();
        await platform.UntilIdleAsync();
        await platform.UntilWatchingAsync();
        turmoil._since = platform.Proxy.LastNumber;
        return turmoil;
    }

    /// <summary>People do what they do.</summary>
    public async Task StirAsync()
    {
        await _platform.Client.DeleteAsync(Kinds.BackendApp, new ObjectKey(_going.Team, _going.Name), new DeleteOptions(), CancellationToken.None);
        await _coming.ApplyAsync(Specs.Small);
        await _changed.ApplyAsync($"{Specs.Small}\nreplicas: 3");
    }

    /// <summary>Waits until all of it is carried out and the operator, which must be the same process still, has nothing to do.</summary>
    public async Task SettleAsync()
    {
        var home = _changed.In("staging");
        await _changed.UntilReadyAsync();
        await _platform.Watching.UntilAsync(
            ForeignKinds.Deployment, home, _changed.Name, "with three replicas", item => item.NumberAt(0, "spec", "replicas") == 3);
        await _coming.UntilReadyAsync();
        await _platform.GetAsync(ForeignKinds.Deployment, _coming.In("staging"), _coming.Name);
        await _platform.Watching.UntilGoneAsync(Kinds.BackendApp, _going.Team, _going.Name);
        (await _going.ChildrenAsync()).Should().BeEmpty();
        await _platform.UntilIdleAsync();
        _requests = _platform.Proxy.RequestsAfter(_since);
        _platform.Operator.HasEnded.Should().BeFalse();
        File.ReadLines(_platform.Operator.LogPath).Should().NotContain(line => line.Contains("Unhandled", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Says that the operator wrote what it writes when nothing is wrong, object by object, and no more.</summary>
    /// <param name="beside">What it also had to write, by method and resource.</param>
    public async Task ExpectNoNeedlessWriteAsync(params string[] beside)
    {
        var expected = await _platform.UndisturbedWritesAsync();
        Writes().Should().Equal(expected.Concat(beside).Order(StringComparer.Ordinal));
    }

    /// <summary>What was written with success, by method and resource; leases, events and progress in status, which depend on time, aside.</summary>
    public IEnumerable<string> Writes() => _requests
        .Where(request => request is { IsWrite: true, Status: >= 200 and < 300, Resource: not ("leases" or "events") })
        .Where(request => !request.Path.EndsWith("/status", StringComparison.Ordinal))
        .Select(request => $"{request.Method} {request.Resource}")
        .Order(StringComparer.Ordinal);

    /// <summary>The lists and watches of a kind since people began, as far as they were let through or answered.</summary>
    public IReadOnlyList<ProxiedRequest> Reads(string resource) =>
        [.. _requests.Where(request => (request.IsList || request.IsWatch) && request.Resource == resource)];
}

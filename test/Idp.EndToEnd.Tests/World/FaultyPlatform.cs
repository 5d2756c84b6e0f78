using Idp.Sandbox.World;
using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.World;

/// <summary>A world in which a proxy stands between the operator and the API server; people and stand-ins go past it.</summary>
public sealed class FaultyPlatform : Platform
{
    private FaultProxy? _proxy;
    private IReadOnlyList<string>? _undisturbed;

    /// <summary>What misbehaves.</summary>
    public FaultProxy Proxy => _proxy ?? throw new InvalidOperationException("There is no proxy yet.");

    /// <summary>What the operator writes in the course of a <see cref="Turmoil"/> that nothing disturbs, by method and resource.</summary>
    internal async Task<IReadOnlyList<string>> UndisturbedWritesAsync()
    {
        if (_undisturbed is null)
        {
            var turmoil = await Turmoil.PrepareAsync(this, "undisturbed");
            await turmoil.StirAsync();
            await turmoil.SettleAsync();
            _undisturbed = [.. turmoil.Writes()];
        }

        return _undisturbed;
    }

    /// <summary>What the operator sent to change something since a number: to one resource, or to any but its lease.</summary>
    public IReadOnlyList<string> WritesAfter(int number, string? resource = null) =>
    [
        .. Proxy.RequestsAfter(number)
            .Where(request => request.IsWrite && (resource is null ? request.Resource != "leases" : request.Resource == resource))
            .Select(request => request.ToString()),
    ];

    /// <summary>Waits for a request to the proxy, such as one that a fault struck; those that came after the number already count.</summary>
    public async Task<ProxiedRequest> UntilAsync(int after, string what, Func<ProxiedRequest, bool> isExpected)
    {
        using var patience = new CancellationTokenSource(Watching.Patience);
        try
        {
            return await Proxy.UntilAsync(after, isExpected, patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Expected {what}.\n{OperatorLog()}");
        }
    }

    /// <summary>Waits until every kind that the operator watches is watched again, whatever an earlier test did to it.</summary>
    public Task UntilWatchingAsync() => Watching.UntilAsync(
        "a watch of every kind",
        () => Task.FromResult(!Resources(Proxy.Requests.Where(request => request is { IsWatch: true, Status: 200 })).Except(Resources(Proxy.OpenWatches)).Any()),
        TimeSpan.FromMilliseconds(100));

    /// <inheritdoc/>
    protected override async Task<OperatorSetup> SetupAsync(CancellationToken cancellationToken)
    {
        _proxy ??= await Sandbox.StartApiServerProxyAsync(cancellationToken);
        return await Sandbox.BehindAsync(new OperatorSetup(), _proxy, gitHub: null, cancellationToken);
    }

    private static IEnumerable<string> Resources(IEnumerable<ProxiedRequest> requests) => requests.Select(request => request.Resource).Distinct();
}

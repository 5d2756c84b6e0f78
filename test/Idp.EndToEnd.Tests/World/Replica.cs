using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Sandbox.World;
using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.World;

/// <summary>One of several operators, with proxies of its own that see everything it sends.</summary>
/// <param name="Name">Its name in the election.</param>
/// <param name="Process">The operator.</param>
/// <param name="ApiServer">Between it and the API server.</param>
/// <param name="GitHub">Between it and GitHub.</param>
internal sealed partial record Replica(string Name, OperatorProcess Process, FaultProxy ApiServer, FaultProxy GitHub) : IAsyncDisposable
{
    private const string Lease = "leases";

    /// <summary>What it sent to change something, to both servers, in the order of arrival; its lease left out.</summary>
    public IReadOnlyList<ProxiedRequest> Writes => [.. ApiServer.Requests.Concat(GitHub.Requests).Where(IsAct).OrderBy(request => request.Time)];

    /// <summary>When it wrote its lease last: of one that ended cleanly, when it gave it up.</summary>
    public DateTimeOffset GaveUpAt => ApiServer.Requests.Last(request => request is { IsWrite: true, Resource: Lease }).Time;

    /// <summary>Whether it says that it leads.</summary>
    public async Task<bool> LeadsAsync() => Leader().Match(await Platform.ReadAsync(Process, "metrics")).Groups[1].Value == "1";

    /// <summary>How often it has reconciled anything.</summary>
    public async Task<double> ReconcilesAsync() => Reconciles()
        .Matches(await Platform.ReadAsync(Process, "metrics"))
        .Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    /// <summary>Has something done in the middle of its work: when a write has come to the proxy and goes on only after that.</summary>
    /// <param name="count">Which write to the API server, from now on.</param>
    /// <param name="act">What is done.</param>
    /// <returns>When it was done.</returns>
    public async Task<DateTimeOffset> InTheMiddleAsync(int count, Func<Task> act)
    {
        var done = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = 0;
        ApiServer.Before = async request =>
        {
            if (IsAct(request) && Interlocked.Increment(ref seen) == count)
            {
                var at = DateTimeOffset.UtcNow;
                await act();
                done.SetResult(at);
            }
        };
        return await done.Task.WaitAsync(Watching.Patience);
    }

    /// <summary>Waits until it reconciles: who stands by neither asks GitHub nor writes.</summary>
    /// <returns>Since when it holds the lease, and when it began to act.</returns>
    public async Task<(DateTimeOffset Leads, DateTimeOffset Acts)> UntilItActsAsync()
    {
        using var patience = new CancellationTokenSource(Watching.Patience);
        var lease = await ApiServer.UntilAsync(0, request => request is { IsWrite: true, Resource: Lease }, patience.Token);
        var acts = await Task.WhenAny(
            GitHub.UntilAsync(0, _ => true, patience.Token), ApiServer.UntilAsync(lease.Number, IsAct, patience.Token));
        return (lease.Time, (await acts).Time);
    }

    /// <summary>Waits until it looks at the lease and does not get it, twice from now on: it knows by then that another leads.</summary>
    public async Task UntilItWaitsAsync()
    {
        using var patience = new CancellationTokenSource(Watching.Patience);
        var first = await ApiServer.UntilAsync(ApiServer.LastNumber, IsLook, patience.Token);
        await ApiServer.UntilAsync(first.Number, IsLook, patience.Token);
    }

    /// <summary>Kills it, if it still runs, and ends its proxies.</summary>
    public async ValueTask DisposeAsync()
    {
        await Process.KillAsync(CancellationToken.None);
        await ApiServer.DisposeAsync();
        await GitHub.DisposeAsync();
    }

    private static bool IsAct(ProxiedRequest request) => request.IsWrite && request.Resource != Lease;

    private static bool IsLook(ProxiedRequest request) => request is { Method: "GET", Resource: Lease };

    [GeneratedRegex(@"^kubernetes_leader(?:\{[^}]*\})? (\S+)", RegexOptions.Multiline)]
    private static partial Regex Leader();

    [GeneratedRegex(@"^kubernetes_reconciles_total\{[^}]*\} (\S+)", RegexOptions.Multiline)]
    private static partial Regex Reconciles();
}

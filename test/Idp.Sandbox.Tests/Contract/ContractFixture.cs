namespace Idp.Sandbox.Tests.Contract;

/// <summary>Sends every call once; the tests look at what went over the wire.</summary>
public sealed class ContractFixture : IAsyncLifetime
{
    private ContractSession? _session;

    internal ContractSession Session => _session ?? throw new InvalidOperationException(Prerequisites.Missing(Needs.GitHubContract));

    /// <summary>The exchanges of <see cref="ContractCalls"/>.</summary>
    internal IReadOnlyList<Exchange> OfCalls { get; private set; } = [];

    /// <summary>The operations that those used.</summary>
    internal IReadOnlyCollection<string> Operations { get; private set; } = [];

    /// <summary>The exchanges of requests that are wrong on purpose.</summary>
    internal IReadOnlyList<Exchange> OfStatuses { get; private set; } = [];

    public async Task InitializeAsync()
    {
        if (!ContractTools.AreInstalled)
        {
            return;
        }

        _session = await ContractSession.StartAsync();
        OfCalls = await RunAsync(_session, ContractCalls.All);
        Operations = _session.Operations;
        OfStatuses = await RunAsync(_session, ContractStatuses.All);
    }

    public async Task DisposeAsync()
    {
        if (_session is not null)
        {
            await _session.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<Exchange>> RunAsync(ContractSession session, IReadOnlyList<ContractCall> calls)
    {
        var exchanges = new List<Exchange>();
        foreach (var call in calls)
        {
            exchanges.AddRange(await session.RunAsync(call));
        }

        return exchanges;
    }
}

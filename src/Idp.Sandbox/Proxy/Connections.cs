using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Idp.Sandbox.Proxy;

/// <summary>The callers' connections, below TLS and HTTP: what a network does to them.</summary>
internal sealed class Connections
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _open = new(StringComparer.Ordinal);

    /// <summary>What every byte has to get through.</summary>
    public Gate Gate { get; } = new();

    /// <summary>Breaks them all.</summary>
    public void Cut()
    {
        foreach (var connection in _open.Values)
        {
            connection.Abort(new ConnectionAbortedException("The fault proxy cut the connection."));
        }
    }

    /// <summary>Stands in front of whatever else handles a connection.</summary>
    public ConnectionDelegate Handle(ConnectionDelegate next) => async connection =>
    {
        connection.Transport = new GatedPipe(connection.Transport, Gate);
        _open[connection.ConnectionId] = connection;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection.ConnectionId, out _);
        }
    };
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Idp.Testing.Proxy;

/// <summary>The callers' connections, below TLS and HTTP: what a network does to them.</summary>
internal sealed class Connections
{
    private readonly ConcurrentDictionary<string, (ConnectionContext Connection, Gate Gate)> _open = new(StringComparer.Ordinal);
    private volatile bool _isParted;

    /// <summary>Breaks them all.</summary>
    public void Cut()
    {
        foreach (var (connection, _) in _open.Values)
        {
            connection.Abort(new ConnectionAbortedException("The fault proxy cut the connection."));
        }
    }

    /// <summary>Those that are open let no byte through any more; new ones do.</summary>
    public void Hang()
    {
        foreach (var (_, gate) in _open.Values)
        {
            gate.Shut();
        }
    }

    /// <summary>No connection lets a byte through, present or new.</summary>
    public void Part()
    {
        _isParted = true;
        Hang();
    }

    /// <summary>Every connection lets its bytes through, those that were stuck as well.</summary>
    public void Heal()
    {
        _isParted = false;
        foreach (var (_, gate) in _open.Values)
        {
            gate.Open();
        }
    }

    /// <summary>Stands in front of whatever else handles a connection.</summary>
    public ConnectionDelegate Handle(ConnectionDelegate next) => async connection =>
    {
        var gate = new Gate();
        connection.Transport = new GatedPipe(connection.Transport, gate);
        _open[connection.ConnectionId] = (connection, gate);
        if (_isParted)
        {
            gate.Shut();
        }

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

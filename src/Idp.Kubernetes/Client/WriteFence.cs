using System.Net.Sockets;

namespace Idp.Kubernetes.Client;

/// <summary>Lets no write through unless it may be sent now: the last thing before the network.</summary>
/// <remarks>
/// <para>
/// Guarantees: whoever may not write sends nothing, even where its timers have not fired yet, because the process was
/// frozen or starved. Asked twice: before a connection is sought, which may take seconds, and when the body is about to
/// be written to one; a request whose body never comes does nothing.
/// </para>
/// <para>
/// What remains: between the last question and the socket lies no wait, but a process may be frozen right there, and what
/// has left the machine cannot be called back. For these a lease lasts longer than its holder may write, applies carry
/// the object's uid, and steps look before they act.
/// </para>
/// </remarks>
/// <param name="mayWrite">Whether writes may be sent at this moment; asked from any thread.</param>
public sealed class WriteFence(Func<bool> mayWrite)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _sockets = [];

    /// <summary>Whether writes may be sent at this moment, which is whether this process is the one that works.</summary>
    public bool IsOpen => mayWrite();

    /// <summary>Puts the fence before connections.</summary>
    /// <param name="connections">Not in use yet; nothing else sends over them.</param>
    /// <returns>What requests are sent by.</returns>
    public HttpMessageHandler Before(SocketsHttpHandler connections)
    {
        ArgumentNullException.ThrowIfNull(connections);
        connections.ConnectCallback = ConnectAsync;
        return new FencedHandler(ThrowIfClosed) { InnerHandler = connections };
    }

    /// <summary>Breaks every connection, and forgets what the machine has not sent yet.</summary>
    /// <remarks>
    /// A network that is away holds back what was sent into it, and gives it on when it is back, long after the request
    /// was given up here: with an end of the connection that waits for nothing, it does not.
    /// </remarks>
    public void HangUp()
    {
        List<Socket> sockets;
        lock (_lock)
        {
            sockets = [.. _sockets];
            _sockets.Clear();
        }

        sockets.ForEach(socket => socket.Close(timeout: 0));
    }

    // As the framework connects where nothing else is said.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        lock (_lock)
        {
            _sockets.RemoveWhere(old => !old.Connected);
            _sockets.Add(socket);
        }

        return new NetworkStream(socket, ownsSocket: true);
    }

    // To the callers it is a server that cannot be reached, which every one of them has to live with anyway.
    private void ThrowIfClosed()
    {
        if (!mayWrite())
        {
            throw new HttpRequestException("This process does not lead: nothing was sent.");
        }
    }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Idp.Sandbox;
using Idp.Sandbox.GitHub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Testing.Proxy;

/// <summary>Stands between a client and a server, passes everything on, and misbehaves as it is told to.</summary>
/// <remarks>
/// <para>Guarantees: without faults and hooks a caller cannot tell it from the server; a watch is passed on event by
/// event; when a caller hangs up, so does the proxy; it listens on the loopback address only; credentials pass through
/// and are kept nowhere.</para>
/// <para>Between one caller and one server: who is to be parted from the server alone has a proxy of its own.</para>
/// </remarks>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2? _certificate;
    private readonly Connections _connections;
    private readonly Upstream _upstream;
    private readonly Forwarder _forwarder;
    private readonly RequestLog _log;
    private readonly FaultPlan<ProxyFault, ProxiedRequest> _plan = new();
    private int _disposed;

    private FaultProxy(FaultProxyOptions options)
    {
        _certificate = options.Tls ? ServerCertificate.Make(options.Clock) : null;
        _connections = new Connections();
        _log = new RequestLog(options.Clock);
        _upstream = new Upstream(options);
        _forwarder = new Forwarder(_upstream, _log, _plan, options.Clock);
        _application = Build();
    }

    /// <summary>Where callers find it; ends with a slash.</summary>
    public Uri Address { get; private set; } = new("http://localhost/");

    /// <summary>Called for every request before it goes on to the server, and awaited.</summary>
    public Func<ProxiedRequest, ValueTask>? Before
    {
        get => _forwarder.Before;
        set => _forwarder.Before = value;
    }

    /// <summary>Called when the server has answered completely (a watch: has begun to) and the caller has nothing of it yet, and awaited.</summary>
    public Func<ProxiedRequest, ValueTask>? After
    {
        get => _forwarder.After;
        set => _forwarder.After = value;
    }

    /// <summary>Every request until now, in the order of arrival.</summary>
    public IReadOnlyList<ProxiedRequest> Requests => _log.After(0);

    /// <summary>The number of the newest request; what is still to come has a higher one.</summary>
    public int LastNumber => _log.Count;

    /// <summary>The number of requests that faults have still to strike.</summary>
    public int FaultsToCome => _plan.Remaining;

    /// <summary>The watches that are open.</summary>
    public IReadOnlyList<ProxiedRequest> OpenWatches => [.. _forwarder.Watches.Select(watch => watch.Request)];

    /// <summary>Starts a proxy; it answers when the task is done.</summary>
    public static async Task<FaultProxy> StartAsync(FaultProxyOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var proxy = new FaultProxy(options);
        try
        {
            await proxy._application.StartAsync(cancellationToken);
            var features = proxy._application.Services.GetRequiredService<IServer>().Features;
            proxy.Address = new Uri(features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/");
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>The requests that came after the one with a number.</summary>
    public IReadOnlyList<ProxiedRequest> RequestsAfter(int number) => _log.After(number);

    /// <summary>Waits for the first request after a number that is as expected, by its status for instance; those that came already count.</summary>
    public Task<ProxiedRequest> UntilAsync(int after, Func<ProxiedRequest, bool> isExpected, CancellationToken cancellationToken) =>
        _log.FirstAsync(after, isExpected, cancellationToken);

    /// <summary>Puts a mishap behind those that are still to come.</summary>
    public void Add(ProxyFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _plan.Add(fault, fault.Matches, fault.Times, fault.Skip);
    }

    /// <summary>Forgets all mishaps that are still to come.</summary>
    public void ClearFaults() => _plan.Clear();

    /// <summary>Lets something happen to watches that are open already.</summary>
    /// <param name="matches">Which watches.</param>
    /// <param name="steps">What becomes of each; after the last step it goes on undisturbed.</param>
    /// <returns>How many there were.</returns>
    public int Play(Func<ProxiedRequest, bool> matches, params IReadOnlyList<WatchStep> steps)
    {
        var watches = _forwarder.Watches.Where(watch => matches(watch.Request)).ToList();
        watches.ForEach(watch => watch.Play(steps));
        return watches.Count;
    }

    /// <summary>Breaks every connection of the callers, with all that is under way on it.</summary>
    public void CutConnections() => _connections.Cut();

    /// <summary>From now on no byte gets through, in either direction; connections stay, and hang silently.</summary>
    /// <remarks>
    /// As in a network, what was sent meanwhile arrives late once it is healed, unless the sender has hung up; and a
    /// request that got through before is carried out, only its answer is stuck.
    /// </remarks>
    public void Partition() => _connections.Part();

    /// <summary>The connections that are open hang silently from now on, while new ones work: half-open, as after a router has forgotten them.</summary>
    public void HangConnections() => _connections.Hang();

    /// <summary>Ends a partition; connections that hang go on.</summary>
    public void Heal() => _connections.Heal();

    /// <summary>Writes a kubeconfig that leads here.</summary>
    /// <param name="source">The kubeconfig of the server behind, whose credentials it gets.</param>
    /// <param name="target">The file to write; only its owner may read it.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task WriteKubeconfigAsync(string source, string target, CancellationToken cancellationToken) =>
        ProxiedKubeconfig.WriteAsync(source, target, Address, _certificate, cancellationToken);

    /// <summary>Cuts every connection and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Heal();
        _connections.Cut();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _upstream.Dispose();
        _certificate?.Dispose();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            Unlimit(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0, Listen);
        });
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var application = builder.Build();
        application.Run(_forwarder.HandleAsync);
        return application;
    }

    private void Listen(ListenOptions listen)
    {
        listen.Use(_connections.Handle);
        if (_certificate is not null)
        {
            listen.UseHttps(_certificate, https => https.HandshakeTimeout = TimeSpan.FromHours(1));
        }
    }

    // A connection that hangs is to hang: no limit of the proxy's own may break it.
    private static void Unlimit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromHours(1);
        kestrel.Limits.Http2.MaxStreamsPerConnection = 250; // the API server's own
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Idp.Operator.Webhooks;

/// <summary>Listens for GitHub's deliveries, apart from health and metrics: the internet may reach this, and nothing but this.</summary>
/// <remarks>A server of its own, so that strangers can use up neither the connections nor the patience of the probes' one.</remarks>
public sealed class WebhookServer : IHostedService, IAsyncDisposable
{
    private const int Connections = 64;
    private readonly WebApplication _application;

    /// <summary>Makes the server; it listens once it is started.</summary>
    /// <param name="listen">Where: an address and a port; port 0 takes a free one.</param>
    /// <param name="endpoint">Answers.</param>
    public WebhookServer(IPEndPoint listen, WebhookEndpoint endpoint)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // TLS is the Ingress's, so it is plain HTTP/1.1 here. The body's limit is the endpoint's, which knows what to answer.
            kestrel.Listen(listen, options => options.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxConcurrentConnections = Connections;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = WebhookBody.Patience;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        });
        builder.Services.AddSingleton<IHostLifetime, OperatorsLifetime>();
        _application = builder.Build();
        _application.Run(endpoint.HandleAsync);
    }

    /// <summary>Where it listens, once it does.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => _application.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    /// <summary>Leaves signals to the operator, which starts and stops this.</summary>
    private sealed class OperatorsLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Idp.Sandbox.GitHub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Idp.Sandbox.Tests.Proxy;

/// <summary>What a proxy of the tests stands in front of: tells what it was asked, and streams what it is told to.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly TaskCompletionSource _watcherGone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedServer(WebApplication application) => _application = application;

    /// <summary>Where it is.</summary>
    public Uri Address => new(_application.Urls.First());

    /// <summary>What it was asked, as method and target.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The lines of its one watch.</summary>
    public Channel<string> Lines { get; } = Channel.CreateUnbounded<string>();

    /// <summary>Ends when whoever watched has hung up.</summary>
    public Task WatcherGone => _watcherGone.Task;

    public static async Task<ScriptedServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        var application = builder.Build();
        var server = new ScriptedServer(application);
        application.Run(server.HandleAsync);
        await application.StartAsync();
        return server;
    }

    public void Send(params string[] lines) => Array.ForEach(lines, line => Lines.Writer.TryWrite(line));

    public async ValueTask DisposeAsync()
    {
        Lines.Writer.TryComplete();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        Asked.Enqueue($"{context.Request.Method} {target}");
        if (context.Request.Query["watch"] == "true")
        {
            await StreamAsync(context);
            return;
        }

        using var body = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers;
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers["X-Kept"] = "yes";
        await context.Response.WriteAsync(
            $"{context.Request.Method} {target} {headers.Authorization} {headers.UserAgent} {headers.ContentType} {await body.ReadToEndAsync()}");
    }

    private async Task StreamAsync(HttpContext context)
    {
        await context.Response.StartAsync();
        await context.Response.BodyWriter.FlushAsync();
        try
        {
            await foreach (var line in Lines.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(line + "\n", context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            _watcherGone.SetResult();
        }
    }
}

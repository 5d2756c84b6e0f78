using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using Idp.Sandbox;
using Microsoft.AspNetCore.Http;

namespace Idp.Testing.Proxy;

/// <summary>Handles one request: the hooks, its fault, the server, the answer.</summary>
internal sealed class Forwarder(Upstream upstream, RequestLog log, FaultPlan<ProxyFault, ProxiedRequest> plan, TimeProvider clock)
{
    private static readonly ProxyFault Nothing = new();
    private readonly ConcurrentDictionary<int, OpenWatch> _watches = new();

    /// <summary>Called before a request goes on.</summary>
    public Func<ProxiedRequest, ValueTask>? Before { get; set; }

    /// <summary>Called when the server has answered.</summary>
    public Func<ProxiedRequest, ValueTask>? After { get; set; }

    /// <summary>The watches that are open.</summary>
    public IEnumerable<OpenWatch> Watches => _watches.Values;

    public async Task HandleAsync(HttpContext context)
    {
        var request = log.Open(context);
        try
        {
            if (!await ServeAsync(context, request))
            {
                context.Abort();
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // One end is gone, and so goes the other.
            context.Abort();
        }
        finally
        {
            log.Close(request);
        }
    }

    /// <summary>Serves a request; false where the caller is to get no answer, or none to its end.</summary>
    private async Task<bool> ServeAsync(HttpContext context, ProxiedRequest request)
    {
        await (Before?.Invoke(request) ?? ValueTask.CompletedTask);

        // A mishap that is added while the hook holds the request strikes it too.
        var fault = plan.Take(request) ?? Nothing;
        await Task.Delay(fault.Delay, clock, context.RequestAborted);
        if (request.IsDropped || fault.Drop == ProxyDrop.Before)
        {
            return false;
        }

        if (fault.Answer is { } answer)
        {
            await AnswerAsync(context, request, answer);
            return true;
        }

        using var response = await upstream.SendAsync(context, request.Target);
        if (request.IsWatch && response.IsSuccessStatusCode)
        {
            return await PassWatchAsync(context, request, response, fault);
        }

        var body = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        await (After?.Invoke(request) ?? ValueTask.CompletedTask);
        if (request.IsDropped || fault.Drop == ProxyDrop.After)
        {
            return false;
        }

        Upstream.Copy(response, context.Response);
        await WriteAsync(context, request, body);
        return true;
    }

    private async Task<bool> PassWatchAsync(
        HttpContext context, ProxiedRequest request, HttpResponseMessage response, ProxyFault fault)
    {
        await (After?.Invoke(request) ?? ValueTask.CompletedTask);
        if (request.IsDropped || fault.Drop == ProxyDrop.After)
        {
            return false;
        }

        Upstream.Copy(response, context.Response);
        await context.Response.StartAsync(context.RequestAborted);
        await using var stream = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        var watch = new OpenWatch(request, PipeReader.Create(stream), context.Response.BodyWriter, clock);
        watch.Play(fault.Watch);
        _watches[request.Number] = watch;
        log.Answered(request, context.Response.StatusCode);
        try
        {
            return await watch.RunAsync(context.RequestAborted);
        }
        finally
        {
            _watches.TryRemove(request.Number, out _);
        }
    }

    private async Task AnswerAsync(HttpContext context, ProxiedRequest request, ProxyAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await WriteAsync(context, request, Encoding.UTF8.GetBytes(answer.Body));
    }

    // The answer counts as given when its last byte is on its way, not when its first is.
    private async Task WriteAsync(HttpContext context, ProxiedRequest request, byte[] body)
    {
        if (body.Length > 0)
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }

        await context.Response.CompleteAsync();
        log.Answered(request, context.Response.StatusCode);
    }
}

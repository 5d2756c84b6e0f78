using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Idp.Sandbox.GitHub;

/// <summary>The way of one request: fault, gate, route, answer, log.</summary>
internal sealed class RequestPipeline(GitHubServerServices services)
{
    private static readonly object Dropped = new();

    public async Task HandleAsync(HttpContext context)
    {
        var segments = ApiCall.SegmentsOf(context);
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        if (segments[0] == "_sandbox")
        {
            await WriteAsync(context, services.Sandbox.Answer(await ApiCall.ReadAsync(context)));
            return;
        }

        var operation = "unknown";
        try
        {
            if (SmartHttp.IsFor(segments))
            {
                operation = SmartHttp.Operation(context);
                await ServeGitAsync(context, segments, target);
            }
            else
            {
                operation = await ServeApiAsync(context, target);
            }
        }
        finally
        {
            var isDropped = context.Items.ContainsKey(Dropped);
            var status = isDropped || context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
            services.Log.Add(context.Request.Method, target, operation, status, services.Gate.MemberOf(context.Request));
            if (!HttpMethods.IsGet(context.Request.Method) && operation != "git_upload_pack")
            {
                services.Touch(segments);
            }

            if (isDropped)
            {
                // Last, so that whoever notices finds the request counted.
                context.Abort();
            }
        }
    }

    private async Task<string> ServeApiAsync(HttpContext context, string target)
    {
        var call = await ApiCall.ReadAsync(context) with { Member = services.Gate.MemberOf(context.Request) };
        var own = services.Apps?.Find(call);
        var route = own ?? (call is { Method: "GET", Segments: ["rate_limit"] }
            ? new Route("get_rate_limit", _ => Task.FromResult(new Reply(200, RateLimits())))
            : services.Router.Find(call));
        if (services.Limiter.Refuse(call.Method, route.Operation) is var (refusal, headers))
        {
            await WriteAsync(context, refusal, headers);
            return route.Operation;
        }

        var fault = services.Faults.Take((call.Method, target));
        if (fault is null or { Kind: GitHubFaultKind.AnswerAfter or GitHubFaultKind.DropAfter })
        {
            // Who drops the connection on purpose has still been served: so the work does not hang on the client.
            var reply = services.Gate.Refuse(context.Request, call, own is null ? null : services.Apps)
                ?? services.Permissions.Refuse(route.Operation)
                ?? await RunAsync(route);
            if (fault is null)
            {
                await WriteAsync(context, reply);
                return route.Operation;
            }
        }

        await StrikeAsync(context, fault);
        return route.Operation;
    }

    private async Task ServeGitAsync(HttpContext context, string[] segments, string target)
    {
        services.Limiter.SeeGit();
        var fault = services.Faults.Take((context.Request.Method, target));
        if (fault is null or { Kind: GitHubFaultKind.AnswerAfter or GitHubFaultKind.DropAfter })
        {
            var reply = await services.Git.AnswerAsync(context, segments);
            if (fault is null)
            {
                await reply.WriteAsync(context);
                return;
            }
        }

        await StrikeAsync(context, fault);
    }

    private async Task StrikeAsync(HttpContext context, GitHubFault fault)
    {
        if (fault.Kind is GitHubFaultKind.DropBefore or GitHubFaultKind.DropAfter)
        {
            context.Items[Dropped] = true;
            return;
        }

        if (fault.Kind == GitHubFaultKind.Decline)
        {
            await (await SmartHttp.DeclineAsync(context, $"{fault.Body}")).WriteAsync(context);
            return;
        }

        if (fault.Bytes is { } bytes)
        {
            context.Response.StatusCode = fault.Status;
            await Flood.WriteAsync(context.Response, bytes, fault.Compressed, context.RequestAborted);
            return;
        }

        var body = fault.Body ?? Reply.Error(fault.Status, "Server Error").Body;
        await WriteAsync(context, new Reply(fault.Status, body), fault.Headers);
    }

    private static async Task<Reply> RunAsync(Route route)
    {
        try
        {
            return await route.Run(CancellationToken.None);
        }
        catch (GitFailedException error)
        {
            return Reply.Error(500, error.Message);
        }
    }

    private async Task WriteAsync(HttpContext context, Reply reply, IReadOnlyDictionary<string, string>? extra = null)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        var text = BodyOf(response, reply)?.ToJsonString();
        if (reply.Status == 200 && context.Request.Method == "GET" && text is not null)
        {
            var etag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\"";
            response.Headers.ETag = etag;
            if (context.Request.Headers.IfNoneMatch == etag)
            {
                response.StatusCode = 304;
                services.Limiter.GiveBack();
            }
        }

        AddHeaders(response);
        foreach (var (name, value) in extra ?? reply.Headers ?? new Dictionary<string, string>())
        {
            response.Headers[name] = value;
        }

        if (reply.Content is { } content)
        {
            response.ContentType = "application/vnd.github.v3.raw; charset=utf-8";
            await response.Body.WriteAsync(content, context.RequestAborted);
        }
        else if (text is not null && response.StatusCode is not (204 or 304))
        {
            response.ContentType = "application/json; charset=utf-8";
            await response.WriteAsync(text, context.RequestAborted);
        }
    }

    private JsonNode? BodyOf(HttpResponse response, Reply reply)
    {
        if (reply.Location is not { } location)
        {
            return reply.Body;
        }

        var address = new Uri(services.BaseAddress, location).AbsoluteUri;
        response.Headers.Location = address;
        return reply.Body ?? new JsonObject
        {
            ["message"] = "Moved Permanently",
            ["url"] = address,
            ["documentation_url"] = "https://docs.github.com/v3/#http-redirects",
        };
    }

    private void AddHeaders(HttpResponse response)
    {
        var (limit, used, reset) = services.Limiter.Quota(services.Log.Total);
        response.Headers.Date = services.Options.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        response.Headers["X-GitHub-Request-Id"] = RandomNumberGenerator.GetHexString(16);
        response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        response.Headers.CacheControl = "private, max-age=60, s-maxage=60";
        response.Headers["X-RateLimit-Limit"] = Number(limit);
        response.Headers["X-RateLimit-Used"] = Number(used);
        response.Headers["X-RateLimit-Remaining"] = Number(limit - used);
        response.Headers["X-RateLimit-Reset"] = Number(reset.ToUnixTimeSeconds());
        response.Headers["X-RateLimit-Resource"] = "core";
    }

    private JsonObject RateLimits()
    {
        var (limit, used, reset) = services.Limiter.Quota(services.Log.Total);
        return new JsonObject
        {
            ["resources"] = new JsonObject { ["core"] = Rate(), ["search"] = Rate() },
            ["rate"] = Rate(),
        };

        JsonObject Rate() => new()
        {
            ["limit"] = limit,
            ["used"] = used,
            ["remaining"] = limit - used,
            ["reset"] = reset.ToUnixTimeSeconds(),
        };
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

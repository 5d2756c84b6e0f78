using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Bench.World;

/// <summary>A stand-in for GitHub that answers from memory, so that git processes do not take the cores that are measured.</summary>
/// <remarks>
/// It knows the calls that make a repository with its golden path, and believes everything. What GitHub really does is
/// the business of the contract server, not of a bench.
/// </remarks>
internal sealed class QuickGitHub : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, Repository> _byName = new();
    private readonly ConcurrentDictionary<long, Repository> _byId = new();
    private long _requests;
    private long _creating;
    private long _first;
    private long _lastId;

    private QuickGitHub(WebApplication application) => _application = application;

    /// <summary>The root of the REST API; ends with a slash.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>How many requests came since <see cref="Reset()"/>.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>How many of them make content, which GitHub limits apart.</summary>
    public long ContentCreating => Interlocked.Read(ref _creating);

    /// <summary>When the first of them came, as a timestamp of <see cref="Stopwatch"/>; 0 before.</summary>
    public long FirstAt => Interlocked.Read(ref _first);

    /// <summary>Starts on a free port of the loopback address.</summary>
    public static async Task<QuickGitHub> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var application = builder.Build();
        var server = new QuickGitHub(application);
        application.Run(server.AnswerAsync);
        await application.StartAsync(cancellationToken);
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.Address = new Uri(addresses!.Addresses.First() + "/");
        return server;
    }

    /// <summary>Counts from zero.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref _requests, 0);
        Interlocked.Exchange(ref _creating, 0);
        Interlocked.Exchange(ref _first, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);
        Interlocked.Increment(ref _requests);
        var path = (context.Request.Path.Value ?? "").Trim('/').Split('/');

        // Settings are no content, and pushes spend nothing of that limit; everything else that is written here does.
        if (!HttpMethods.IsGet(context.Request.Method) && path is not (["repositories", _] or [.., "topics" or "git-receive-pack"]))
        {
            Interlocked.Increment(ref _creating);
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (path is [var owner, var repository, "info" or "git-receive-pack", ..] && _byName.TryGetValue($"{owner}/{repository[..^".git".Length]}", out var pushed))
        {
            await PushAsync(context, pushed, body.ToArray());
            return;
        }

        var (status, answer) = Answer(context.Request.Method, path, body.ToArray());
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    private (int Status, JsonNode Answer) Answer(string method, string[] path, byte[] body) => (method, path) switch
    {
        ("POST", ["orgs", var owner, "repos"]) => Create(owner, JsonNode.Parse(body)!),
        (_, ["repositories", var id]) when _byId.TryGetValue(long.Parse(id), out var known) => Show(known, method, body),
        (_, ["repos", var owner, var name, .. var rest]) when _byName.TryGetValue($"{owner}/{name}", out var known) =>
            rest.Length == 0 ? Show(known, method, body) : Inside(known, method, rest, body),
        _ => (404, Message("Not Found")),
    };

    // What is pushed is not looked at: the branch is where it is said to be from now on.
    private static async Task PushAsync(HttpContext context, Repository repository, byte[] body)
    {
        var isPush = HttpMethods.IsPost(context.Request.Method);
        context.Response.ContentType = $"application/x-git-receive-pack-{(isPush ? "result" : "advertisement")}";
        if (!isPush)
        {
            await context.Response.Body.WriteAsync(PushRequest.Advertise(repository.Head is { } head ? [("refs/heads/main", head)] : []));
            return;
        }

        var push = PushRequest.Parse(body);
        repository.Head = push.Commands[0].New;
        await context.Response.Body.WriteAsync(push.Report("ok", push.Commands.Select(command => (command.Name, (string?)null))));
    }

    private (int Status, JsonNode Answer) Create(string owner, JsonNode body)
    {
        var made = new Repository(Interlocked.Increment(ref _lastId), owner, (string)body["name"]!)
        {
            Description = (string?)body["description"],
        };
        if (!_byName.TryAdd($"{owner}/{made.Name}", made))
        {
            return (422, Message("name already exists on this account"));
        }

        _byId[made.Id] = made;
        return (201, Describe(made));
    }

    private (int Status, JsonNode Answer) Show(Repository repository, string method, byte[] body)
    {
        if (method == "PATCH" && JsonNode.Parse(body)?["description"] is { } description)
        {
            repository.Description = (string?)description;
        }

        return (200, Describe(repository));
    }

    private static (int Status, JsonNode Answer) Inside(Repository repository, string method, string[] path, byte[] body) => (method, path) switch
    {
        ("GET", ["git", "ref", ..]) when repository.Head is { } head => (200, Reference(head)),
        ("GET", ["git", "ref", ..]) => (409, Message("Git Repository is empty.")),
        ("PUT", ["topics"]) => (200, JsonNode.Parse(body)!),
        _ => (404, Message("Not Found")),
    };

    private JsonObject Describe(Repository repository) => new()
    {
        ["id"] = repository.Id,
        ["node_id"] = $"{repository.Id}",
        ["name"] = repository.Name,
        ["owner"] = new JsonObject { ["login"] = repository.Owner },
        ["description"] = repository.Description,
        ["visibility"] = "private",
        ["private"] = true,
        ["default_branch"] = "main",
        ["html_url"] = $"{Address}{repository.Owner}/{repository.Name}",
        ["clone_url"] = $"{Address}{repository.Owner}/{repository.Name}.git",
        ["archived"] = false,
        ["topics"] = new JsonArray(),
        ["created_at"] = "2026-01-01T00:00:00Z",
    };

    private static JsonObject Reference(string sha) => new()
    {
        ["ref"] = "refs/heads/main",
        ["object"] = new JsonObject { ["sha"] = sha },
    };

    private static JsonObject Message(string text) => new() { ["message"] = text };

    private sealed class Repository(long id, string owner, string name)
    {
        public long Id { get; } = id;

        public string Owner { get; } = owner;

        public string Name { get; } = name;

        public string? Description { get; set; }

        public string? Head { get; set; }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Idp.Sandbox.GitHub;

/// <summary>
/// Serves <c>git clone</c>, <c>fetch</c> and <c>push</c>: what reads with <c>git http-backend</c> as a CGI child, pushes by itself, for they
/// are many and have to obey.
/// </summary>
/// <remarks>See https://git-scm.com/docs/git-http-backend.</remarks>
internal sealed class SmartHttp(RepositoryStore store, Gatekeeper gatekeeper, MissingPermissions permissions, GitHubServerOptions options)
{
    private const string Push = "git_receive_pack";
    private readonly ReceivePack _pushes = new(store);

    /// <summary>Keeps pull requests in step with what is pushed.</summary>
    public required PullRequestKeeper Keeper { get; init; }

    /// <summary>True for the paths below <c>/OWNER/NAME.git/</c>.</summary>
    public static bool IsFor(string[] segments) =>
        segments.Length >= 3 && segments[1].EndsWith(".git", StringComparison.Ordinal);

    /// <summary>Returns the name for the log.</summary>
    public static string Operation(HttpContext context) => Service(context) is not { } service
        ? "git_unknown"
        : HttpMethods.IsGet(context.Request.Method) ? $"{service}_refs" : service;

    /// <summary>Carries out what is asked, and returns the answer.</summary>
    public async Task<GitReply> AnswerAsync(HttpContext context, string[] segments)
    {
        var (owner, name) = (segments[0], segments[1][..^4]);
        var repository = store.Find(owner, name);
        var service = Service(context);
        if (repository is null || service is null)
        {
            return GitReply.Refusal(404, "Repository not found.");
        }

        var isUser = gatekeeper.IsGitUser(context.Request, owner);
        if (Refuse(repository, service, isUser) is { } refusal)
        {
            return refusal;
        }

        var tail = string.Join('/', segments[2..]);
        if (!string.Equals(repository.State.FullName, $"{owner}/{name}", StringComparison.OrdinalIgnoreCase))
        {
            return GitReply.Refusal(301, "Moved.") with
            {
                Headers = new Dictionary<string, string> { ["Location"] = $"/{repository.State.FullName}.git/{tail}{context.Request.QueryString}" },
            };
        }

        return service == Push
            ? await AnswerPushAsync(context, repository)
            : new GitReply(200, "", []) { Run = () => RunAsync(context, $"/{repository.State.Id}.git/{tail}") };
    }

    private GitReply? Refuse(StoredRepository repository, string service, bool isUser)
    {
        var isPush = service == Push;
        if (!isUser && (isPush || (!options.AnonymousRead && repository.State.Visibility != "public")))
        {
            return GitReply.Refusal(401, "Authentication is needed.") with
            {
                Headers = new Dictionary<string, string> { ["WWW-Authenticate"] = "Basic realm=\"GitHub\"" },
            };
        }

        if (permissions.Refuse(service) is { } lacking)
        {
            return GitReply.Refusal(lacking.Status, "Write access to repository not granted.") with { Headers = lacking.Headers };
        }

        return isPush && repository.State.Archived ? GitReply.Refusal(403, "This repository was archived so it is read-only.") : null;
    }

    private async Task<GitReply> AnswerPushAsync(HttpContext context, StoredRepository repository)
    {
        await repository.Turn.WaitAsync(context.RequestAborted);
        try
        {
            if (HttpMethods.IsGet(context.Request.Method))
            {
                return new GitReply(200, "application/x-git-receive-pack-advertisement", ReceivePack.Advertise(repository));
            }

            var answer = _pushes.Receive(repository, await BodyAsync(context), isApp: gatekeeper.MemberOf(context.Request) is null);
            Keeper.Settle(repository);
            return Result(answer);
        }
        finally
        {
            repository.Turn.Release();
        }
    }

    /// <summary>The answer to a push that a rule of the organisation forbids.</summary>
    public static async Task<GitReply> DeclineAsync(HttpContext context, string rule) => Result(ReceivePack.Decline(await BodyAsync(context), rule));

    private static GitReply Result(byte[] answer) => new(200, "application/x-git-receive-pack-result", answer);

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private static string? Service(HttpContext context)
    {
        var path = (context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").Split('?')[0];
        var service = path.EndsWith("/info/refs", StringComparison.Ordinal) && HttpMethods.IsGet(context.Request.Method)
            ? context.Request.Query["service"].ToString()
            : HttpMethods.IsPost(context.Request.Method) ? path.Split('/')[^1] : "";
        return service switch
        {
            "git-upload-pack" => "git_upload_pack",
            "git-receive-pack" => Push,
            _ => null,
        };
    }

    private async Task RunAsync(HttpContext context, string path)
    {
        using var process = Process.Start(StartInfo(context.Request, path))
            ?? throw new InvalidOperationException("git did not start.");
        var cancellation = context.RequestAborted;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var sending = SendAsync(context.Request.Body, process.StandardInput.BaseStream, cancellation);
            await CopyHeadAsync(process.StandardOutput.BaseStream, context.Response, cancellation);
            await process.StandardOutput.BaseStream.CopyToAsync(context.Response.Body, cancellation);
            await Task.WhenAll(sending, errors, process.WaitForExitAsync(cancellation));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private ProcessStartInfo StartInfo(HttpRequest request, string path)
    {
        var start = GitProcess.StartInfo(["http-backend"]);
        start.Environment["GIT_PROJECT_ROOT"] = store.Folder;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["PATH_INFO"] = path;
        start.Environment["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?') ?? "";
        start.Environment["REQUEST_METHOD"] = request.Method;
        start.Environment["CONTENT_TYPE"] = request.ContentType ?? "";
        start.Environment["REMOTE_ADDR"] = "127.0.0.1";
        if (request.ContentLength is { } length)
        {
            start.Environment["CONTENT_LENGTH"] = length.ToString(CultureInfo.InvariantCulture);
        }

        if (request.Headers.ContentEncoding is [{ } encoding])
        {
            start.Environment["HTTP_CONTENT_ENCODING"] = encoding;
        }

        if (request.Headers["Git-Protocol"] is [{ } protocol])
        {
            start.Environment["GIT_PROTOCOL"] = protocol;
        }

        return start;
    }

    private static async Task SendAsync(Stream body, Stream stdin, CancellationToken cancellationToken)
    {
        try
        {
            await body.CopyToAsync(stdin, cancellationToken);
            stdin.Close();
        }
        catch (IOException)
        {
            // git has read all that it wanted.
        }
    }

    /// <summary>Takes the headers off the front of what a CGI program prints, up to the empty line.</summary>
    private static async Task CopyHeadAsync(Stream output, HttpResponse response, CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var letter = new byte[1];
        while (await output.ReadAsync(letter, cancellationToken) == 1)
        {
            if (letter[0] != '\n')
            {
                line.Add(letter[0]);
                continue;
            }

            var text = Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            line.Clear();
            if (text.Length == 0)
            {
                return;
            }

            if (text.Split(": ", 2) is not [var name, var value])
            {
                continue;
            }

            if (name == "Status")
            {
                response.StatusCode = int.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture);
            }
            else
            {
                response.Headers[name] = value;
            }
        }
    }
}

/// <summary>An answer to Git.</summary>
internal sealed record GitReply(int Status, string Type, byte[] Body)
{
    /// <summary>Headers beyond those that every answer has.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Writes the answer itself, where it is not known before; else null.</summary>
    public Func<Task>? Run { get; init; }

    /// <summary>Git is refused in plain words.</summary>
    public static GitReply Refusal(int status, string words) => new(status, "text/plain", Encoding.UTF8.GetBytes(words + "\n"));

    public async Task WriteAsync(HttpContext context)
    {
        if (Run is not null)
        {
            await Run();
            return;
        }

        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = Type;
        foreach (var (name, value) in Headers ?? new Dictionary<string, string>())
        {
            response.Headers[name] = value;
        }

        await response.Body.WriteAsync(Body, context.RequestAborted);
    }
}

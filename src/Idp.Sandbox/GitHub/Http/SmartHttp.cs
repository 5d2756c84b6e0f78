using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Idp.Sandbox.GitHub;

/// <summary>
/// Serves <c>git clone</c>, <c>fetch</c> and <c>push</c>, with <c>git http-backend</c> as a CGI child.
/// </summary>
/// <remarks>See https://git-scm.com/docs/git-http-backend.</remarks>
internal sealed class SmartHttp(RepositoryStore store, Gatekeeper gatekeeper, GitHubServerOptions options)
{
    /// <summary>True for the paths below <c>/OWNER/NAME.git/</c>.</summary>
    public static bool IsFor(string[] segments) =>
        segments.Length >= 3 && segments[1].EndsWith(".git", StringComparison.Ordinal);

    /// <summary>Returns the name for the log.</summary>
    public static string Operation(HttpContext context) => Service(context) ?? "git_unknown";

    public async Task ServeAsync(HttpContext context, string[] segments)
    {
        var (owner, name) = (segments[0], segments[1][..^4]);
        var repository = store.Find(owner, name);
        var service = Service(context);
        if (repository is null || service is null)
        {
            await RefuseAsync(context, 404, "Repository not found.");
            return;
        }

        var isUser = gatekeeper.IsGitUser(context.Request, owner);
        var isPush = service == "git_receive_pack";
        if (!isUser && (isPush || (!options.AnonymousRead && repository.State.Visibility != "public")))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"GitHub\"";
            await RefuseAsync(context, 401, "Authentication is needed.");
            return;
        }

        if (isPush && repository.State.Archived)
        {
            await RefuseAsync(context, 403, "This repository was archived so it is read-only.");
            return;
        }

        if (!string.Equals(repository.State.Name, name, StringComparison.OrdinalIgnoreCase))
        {
            var tail = string.Join('/', segments[2..]);
            context.Response.Redirect(
                $"/{repository.State.FullName}.git/{tail}{context.Request.QueryString}", permanent: true);
            return;
        }

        await RunAsync(context, $"/{repository.State.Id}.git/{string.Join('/', segments[2..])}", isUser);
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
            "git-receive-pack" => "git_receive_pack",
            _ => null,
        };
    }

    private async Task RunAsync(HttpContext context, string path, bool isUser)
    {
        using var process = Process.Start(StartInfo(context.Request, path, isUser))
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

    private ProcessStartInfo StartInfo(HttpRequest request, string path, bool isUser)
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

        if (isUser)
        {
            // With a user named, http-backend allows to push.
            start.Environment["REMOTE_USER"] = "x-access-token";
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

    private static async Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }
}

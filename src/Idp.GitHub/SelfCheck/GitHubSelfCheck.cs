using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Idp.GitHub;

/// <summary>One request to GitHub as it has to be, and the answer to it.</summary>
/// <param name="Request">Method and address below the root.</param>
/// <param name="Body">The body as JSON; empty without one.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Answer">The body of the answer.</param>
internal sealed record RecordedExchange(string Request, string Body, int Status, string Answer);

/// <summary>Answers with what was recorded, without a network, and only to the very requests that were recorded.</summary>
internal sealed class RecordedGitHub(IEnumerable<RecordedExchange> exchanges) : HttpMessageHandler, ITokenSource, IGitHubCallObserver
{
    private readonly Queue<RecordedExchange> _exchanges = new(exchanges);
    private readonly List<string> _operations = [];

    /// <summary>What was asked for, as meters show it.</summary>
    public IReadOnlyList<string> Operations => _operations;

    /// <summary>Whether every request was sent.</summary>
    public bool IsDone => _exchanges.Count == 0;

    /// <inheritdoc/>
    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) => new("none");

    /// <inheritdoc/>
    public void Called(GitHubCall made) => _operations.Add(made.Operation);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var line = $"{request.Method} {request.RequestUri!.PathAndQuery[1..]}";
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        if (!_exchanges.TryDequeue(out var known) || known.Request != line || !IsSame(known.Body, body))
        {
            throw new InvalidDataException($"{line} {body}".TrimEnd());
        }

        var type = request.Headers.Accept.ToString() == GitHubCallContext.Raw ? GitHubCallContext.Raw : "application/json";
        return new HttpResponseMessage((HttpStatusCode)known.Status) { Content = new StringContent(known.Answer, Encoding.UTF8, type) };
    }

    private static bool IsSame(string known, string body) =>
        known == body || (known.Length > 0 && body.Length > 0 && JsonNode.DeepEquals(JsonNode.Parse(known), JsonNode.Parse(body)));
}

/// <summary>One call, what passes between it and GitHub, and what it has to return, as text.</summary>
/// <param name="Expected">What it returns.</param>
/// <param name="Exchanges">What passes.</param>
internal sealed record RecordedCall(string Expected, params RecordedExchange[] Exchanges)
{
    private static readonly GitHubOptions Options = new() { Limits = GitHubLimits.None };

    /// <summary>Makes the call.</summary>
    public required Func<HttpClient, RecordedGitHub, CancellationToken, Task<string>> Make { get; init; }

    /// <summary>A call of the client.</summary>
    public static RecordedCall Of<T>(
        Func<GitHubClient, CancellationToken, Task<T>> call, Func<T, string> show, string expected, params RecordedExchange[] exchanges) =>
        new(expected, exchanges)
        {
            Make = async (http, github, cancellationToken) =>
                show(await call(new GitHubClient(http, github, Options, TimeProvider.System, github), cancellationToken)),
        };

    /// <summary>A call that returns nothing.</summary>
    public static RecordedCall Of(Func<GitHubClient, CancellationToken, Task> call, params RecordedExchange[] exchanges) => Of(
        async (client, cancellationToken) =>
        {
            await call(client, cancellationToken);
            return "";
        },
        nothing => nothing,
        "",
        exchanges);

    /// <summary>A token for an App that is installed somewhere, as who signs for the App gets it.</summary>
    public static RecordedCall OfApp(string expected, params RecordedExchange[] exchanges) => new(expected, exchanges)
    {
        Make = async (http, github, cancellationToken) =>
        {
            var app = new GitHubAppInstallation { AppId = "1", PrivateKeyFile = "", Owner = "acme" };
            var calls = new GitHubCalls(http, github, Options, TimeProvider.System, github);
            return (await new InstallationApi(calls, app, TimeProvider.System).MintAsync(cancellationToken)).Value;
        },
    };
}

/// <summary>Finds out whether this build of the program can write GitHub's requests and read its answers.</summary>
/// <remarks>
/// Octokit finds the members of its models by their names while it runs, and what is compiled ahead of time keeps only members that somebody
/// is seen to use. So each call with a model of it is made here against a recorded answer, by the very way that it goes to GitHub; there is no network.
/// </remarks>
public static class GitHubSelfCheck
{
    /// <summary>Makes each of those calls once.</summary>
    /// <returns>For each what it is called, and what is wrong with it; null where all is well.</returns>
    public static Task<IReadOnlyList<(string Call, string? Problem)>> RunAsync(CancellationToken cancellationToken) =>
        RunAsync(RecordedCalls.All, cancellationToken);

    internal static async Task<IReadOnlyList<(string Call, string? Problem)>> RunAsync(
        IEnumerable<RecordedCall> calls, CancellationToken cancellationToken)
    {
        List<(string, string?)> found = [];
        foreach (var check in calls)
        {
            using var github = new RecordedGitHub(check.Exchanges);
            var problem = await ProblemAsync(check, github, cancellationToken);
            found.AddRange(github.Operations.Distinct(StringComparer.Ordinal).Select(operation => (operation, problem)));
        }

        return found;
    }

    private static async Task<string?> ProblemAsync(RecordedCall check, RecordedGitHub github, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(github, disposeHandler: false);
        try
        {
            var read = await check.Make(http, github, cancellationToken);
            return read != check.Expected ? $"read \"{read}\" instead of \"{check.Expected}\""
                : github.IsDone ? null
                : "did not ask for everything";
        }
        catch (Exception error) when (error is GitHubException or InvalidOperationException)
        {
            return $"{error.Message} {error.InnerException?.Message}".TrimEnd();
        }
    }
}

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

using System.Net;
using System.Text;
using Octokit;

namespace Idp.GitHub;

/// <summary>An answer as Octokit wants it.</summary>
/// <remarks>It never tells of a next page: who reads page by page counts, and follows no address that came with an answer.</remarks>
internal sealed class OctokitAnswer(GitHubAnswer answer, bool isRaw) : IResponse
{
    private static readonly ApiInfo NoInfo =
        new(new Dictionary<string, Uri>(), [], [], "", new Octokit.RateLimit(0, 0, 0), TimeSpan.Zero);

    /// <inheritdoc/>
    public object Body { get; } = isRaw ? answer.Body : Encoding.UTF8.GetString(answer.Body);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public ApiInfo ApiInfo => NoInfo;

    /// <inheritdoc/>
    public HttpStatusCode StatusCode => answer.Status;

    /// <inheritdoc/>
    public string? ContentType => answer.ContentType;
}

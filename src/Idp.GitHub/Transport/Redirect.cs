using System.Net;

namespace Idp.GitHub;

/// <summary>
/// Says where a redirected request may go. Renamed repositories answer 301 to reads and 307 to writes.
/// </summary>
/// <remarks>
/// See https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects.
/// </remarks>
internal static class Redirect
{
    private const int MaxHops = 3;

    public static Uri Target(GitHubRequest request, GitHubAnswer answer, Uri from, int hops)
    {
        if (hops == MaxHops)
        {
            throw Refused(request, answer, $"it was redirected more than {MaxHops} times");
        }

        if (answer.Headers.Location is not { } location)
        {
            throw Refused(request, answer, "it was redirected to nowhere");
        }

        if (request.Method != HttpMethod.Get
            && answer.Status is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
        {
            throw Refused(request, answer, "the repository has moved: read it again before writing to it");
        }

        var target = new Uri(from, location);
        var sameHost = target.Scheme == from.Scheme && target.Authority == from.Authority;
        return sameHost ? target : throw Refused(
            request, answer, $"it was redirected to another host, {target.Authority}");
    }

    private static GitHubRedirectException Refused(GitHubRequest request, GitHubAnswer answer, string why) => new(
        new GitHubFailure
        {
            Message = $"GitHub was asked to {request.Purpose}, but {why}.",
            Operation = request.Operation,
            StatusCode = answer.Status,
            RequestId = answer.Header("X-GitHub-Request-Id"),
        });
}

using System.Net;

namespace Idp.GitHub;

/// <summary>Follows redirects on the same host, with the token. Renamed repositories answer 301 to reads and 307 to writes.</summary>
/// <remarks>
/// See https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects.
/// </remarks>
internal sealed class RedirectHandler : DelegatingHandler
{
    private const int MaxHops = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri;
        try
        {
            for (var hops = 0; ; hops++)
            {
                var response = await base.SendAsync(request, cancellationToken);
                if ((int)response.StatusCode is not (301 or 302 or 307 or 308))
                {
                    return response;
                }

                using (response)
                {
                    request.RequestUri = Target(request, response, hops);
                }
            }
        }
        finally
        {
            // Whoever sends it once more starts where it was asked for.
            request.RequestUri = asked;
        }
    }

    private static Uri Target(HttpRequestMessage request, HttpResponseMessage response, int hops)
    {
        if (hops == MaxHops)
        {
            throw Refused(request, $"it was redirected more than {MaxHops} times");
        }

        if (response.Headers.Location is not { } location)
        {
            throw Refused(request, "it was redirected to nowhere");
        }

        if (request.Method != HttpMethod.Get
            && response.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
        {
            throw Refused(request, "the repository has moved: read it again before writing to it");
        }

        var from = request.RequestUri!;
        var target = new Uri(from, location);
        var sameHost = target.Scheme == from.Scheme && target.Authority == from.Authority;
        return sameHost ? target : throw Refused(request, $"it was redirected to another host, {target.Authority}");
    }

    private static GitHubRedirectException Refused(HttpRequestMessage request, string why)
    {
        var call = GitHubCallContext.Of(request);
        return new GitHubRedirectException(GitHubFailures.Answered(call, $"GitHub was asked to {call.Purpose}, but {why}."));
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Idp.Sandbox.GitHub;

/// <summary>Says who is let in.</summary>
internal sealed class Gatekeeper(GitHubServerOptions options, RepositoryStore store, GitHubInstallations? installations)
{
    private static readonly string[] ApiVersions = ["2022-11-28", "2026-03-10"];

    /// <summary>Returns the refusal of a request to the API, or null for one that may go on.</summary>
    /// <param name="request">The request.</param>
    /// <param name="call">What it asks for.</param>
    /// <param name="apps">Checks it if only an App as itself may ask so; else null.</param>
    public Reply? Refuse(HttpRequest request, ApiCall call, AppEndpoints? apps)
    {
        if (request.Headers.UserAgent.Count == 0)
        {
            return Reply.Error(
                403,
                "Request forbidden by administrative rules. Please make sure your request has a User-Agent header "
                + "(https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required).");
        }

        if (request.Headers["X-GitHub-Api-Version"] is [{ } version] && !ApiVersions.Contains(version))
        {
            return Reply.Error(400, $"API version {version} is not supported");
        }

        var words = request.Headers.Authorization.ToString().Split(' ', 2);
        return words switch
        {
            _ when apps is not null => apps.Refuse(words[^1]),
            [""] => Reply.Error(401, "Requires authentication"),
            [var scheme, var token] when IsBearer(scheme) && IsToken(token) => null,
            [var scheme, _] when IsBearer(scheme) && call.Member is { } login => MemberRights.Refuse(login, call, store),
            [var scheme, var token] when IsBearer(scheme) && installations?.AccountOf(token) is { } account => Beyond(account, call),
            _ => Reply.Error(401, "Bad credentials"),
        };
    }

    /// <summary>The login of the person whose token a request of the API's or Git's carries; null for anybody else.</summary>
    public string? MemberOf(HttpRequest request) =>
        options.Members.GetValueOrDefault(PasswordOf(request) ?? request.Headers.Authorization.ToString().Split(' ', 2)[^1]);

    /// <summary>Returns the refusal of what a token for one account does not open, or null.</summary>
    private Reply? Beyond(string account, ApiCall call)
    {
        var owner = call.Segments switch
        {
            ["orgs" or "repos", var name, ..] => name,
            ["repositories", var id, ..] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                store.Find(number)?.State.Owner,
            _ => null,
        };
        if (owner is null || owner.Equals(account, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return call.IsWrite ? Reply.Error(403, "Resource not accessible by integration") : Reply.NotFound();
    }

    /// <summary>True if Git's request carries a token for the owner's repositories as the password of basic authentication.</summary>
    public bool IsGitUser(HttpRequest request, string owner) => PasswordOf(request) is { } password
        && (IsToken(password)
            || options.Members.ContainsKey(password)
            || owner.Equals(installations?.AccountOf(password), StringComparison.OrdinalIgnoreCase));

    /// <summary>The password of basic authentication; null where there is none.</summary>
    private static string? PasswordOf(HttpRequest request)
    {
        var words = request.Headers.Authorization.ToString().Split(' ', 2);
        if (words is not [var scheme, var value] || !scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var buffer = new byte[value.Length];
        return Convert.TryFromBase64String(value, buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is [_, var password]
                ? password
                : null;
    }

    private static bool IsBearer(string scheme) =>
        scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals(
            "token", StringComparison.OrdinalIgnoreCase);

    private bool IsToken(string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(options.Token));
}

using System.Globalization;

namespace Idp.Sandbox.GitHub;

/// <summary>What an App asks for as itself: who it is, where it is installed, and a token to work there.</summary>
internal sealed class AppEndpoints(GitHubInstallations installations, AppJson json, GitHubServerOptions options)
{
    private const string Documentation = "https://docs.github.com/rest/apps/apps#";
    private const string TokenDocumentation = $"{Documentation}create-an-installation-access-token-for-an-app";

    /// <summary>Returns what to do about the request, or null if it is none of an App's own.</summary>
    public Route? Find(ApiCall call) => (call.Method, call.Segments) switch
    {
        ("GET", ["app"]) => new Route("get_app", _ => Task.FromResult(new Reply(200, json.App(installations.App)))),
        ("GET", ["orgs", var organisation, "installation"]) => new Route(
            "get_installation",
            _ => Task.FromResult(Show(IsUser(organisation) ? null : organisation, "get-an-organization-installation-for-the-authenticated-app"))),
        ("GET", ["users", var user, "installation"]) => new Route(
            "get_installation",
            _ => Task.FromResult(Show(IsUser(user) ? user : null, "get-a-user-installation-for-the-authenticated-app"))),
        ("POST", ["app", "installations", var id, "access_tokens"]) => new Route(
            "create_installation_token", _ => Task.FromResult(Issue(id, call))),
        _ => null,
    };

    /// <summary>Returns the refusal of an App's signed text, or null for one that holds.</summary>
    public Reply? Refuse(string assertion)
    {
        var refusal = Assertion.Refuse(assertion, installations.App, installations.PublicKey, options.Clock.GetUtcNow());
        if (refusal is null)
        {
            installations.Heard(assertion);
        }

        return refusal;
    }

    private bool IsUser(string account) => options.Users.Contains(account, StringComparer.OrdinalIgnoreCase);

    private Reply Show(string? account, string documentation) => account is not null && installations.Find(account) is { } installation
        ? new Reply(200, json.Installation(installations.App, installation, IsUser(account)))
        : Reply.NotFound(Documentation + documentation);

    private Reply Issue(string id, ApiCall call)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || installations.Find(number) is not { } installation)
        {
            return Reply.NotFound(TokenDocumentation);
        }

        if (installation.SuspendedAt is not null)
        {
            return Reply.Error(403, "This installation has been suspended", TokenDocumentation);
        }

        if (call.Json() is { Count: > 0 })
        {
            return Reply.Error(422, "This server makes no tokens that are narrowed.", TokenDocumentation);
        }

        var (token, expiresAt) = installations.Issue(installation);
        return new Reply(201, AppJson.Token(token, expiresAt));
    }
}

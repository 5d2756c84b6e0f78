using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Writes Apps, installations and tokens as GitHub does: with every member that its description requires.</summary>
internal sealed class AppJson(Uri baseAddress, RepositoryJson repositories)
{
    private const string Slug = "idp-operator";
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static JsonObject Token(string token, DateTimeOffset expiresAt) => new()
    {
        ["token"] = token,
        ["expires_at"] = RepositoryJson.Date(expiresAt),
        ["permissions"] = Permissions(),
        ["repository_selection"] = "all",
    };

    public JsonObject App(GitHubServerApp app) => new()
    {
        ["id"] = app.Id,
        ["client_id"] = app.ClientId,
        ["slug"] = Slug,
        ["node_id"] = RepositoryJson.NodeId("Integration", app.Id.ToString(CultureInfo.InvariantCulture)),
        ["owner"] = repositories.Owner("platform-team"),
        ["name"] = Slug,
        ["description"] = "Makes repositories.",
        ["external_url"] = "https://idp.dev",
        ["html_url"] = $"{baseAddress}apps/{Slug}",
        ["created_at"] = RepositoryJson.Date(Since),
        ["updated_at"] = RepositoryJson.Date(Since),
        ["permissions"] = Permissions(),
        ["events"] = new JsonArray(),
    };

    public JsonObject Installation(GitHubServerApp app, GitHubInstallations.Installation installation, bool isUser)
    {
        var account = repositories.Owner(installation.Account, isUser ? "User" : "Organization");
        return new JsonObject
        {
            ["id"] = installation.Id,
            ["client_id"] = app.ClientId,
            ["account"] = account,
            ["repository_selection"] = "all",
            ["access_tokens_url"] = $"{baseAddress}app/installations/{installation.Id}/access_tokens",
            ["repositories_url"] = $"{baseAddress}installation/repositories",
            ["html_url"] = $"{baseAddress}organizations/{installation.Account}/settings/installations/{installation.Id}",
            ["app_id"] = app.Id,
            ["app_slug"] = Slug,
            ["target_id"] = account["id"]!.DeepClone(),
            ["target_type"] = account["type"]!.DeepClone(),
            ["permissions"] = Permissions(),
            ["events"] = new JsonArray(),
            ["created_at"] = RepositoryJson.Date(installation.CreatedAt),
            ["updated_at"] = RepositoryJson.Date(installation.SuspendedAt ?? installation.CreatedAt),
            ["single_file_name"] = null,
            ["suspended_by"] = installation.SuspendedAt is null ? null : repositories.Owner("octo-owner", "User"),
            ["suspended_at"] = installation.SuspendedAt is { } time ? RepositoryJson.Date(time) : null,
        };
    }

    private static JsonObject Permissions() => new()
    {
        ["administration"] = "write",
        ["checks"] = "read",
        ["contents"] = "write",
        ["metadata"] = "read",
        ["pull_requests"] = "write",
        ["statuses"] = "read",
        ["workflows"] = "write",
    };
}

using System.Globalization;

namespace Idp.Sandbox.GitHub;

/// <summary>
/// What people of an organisation may do who administer none of its repositories but those that they made: read and push everywhere,
/// and maintain descriptions and topics.
/// </summary>
/// <remarks>https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization</remarks>
internal static class MemberRights
{
    private static readonly string[] Maintained = ["description", "homepage"];

    /// <summary>Returns the refusal of a request, or null for one that may go on.</summary>
    /// <param name="login">Who asks.</param>
    /// <param name="call">What is asked for.</param>
    /// <param name="store">The repositories.</param>
    public static Reply? Refuse(string login, ApiCall call, RepositoryStore store)
    {
        if (!call.IsWrite || call.Segments is ["orgs", _, "repos"])
        {
            return null;
        }

        var (repository, rest) = call.Segments switch
        {
            ["repos", var owner, var name, .. var parts] => (store.Find(owner, name), parts),
            ["repositories", var id, .. var parts] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                (store.Find(number), parts),
            _ => (null, []),
        };
        return repository?.State.Creator == login || IsWork(call, rest) ? null : Reply.Error(403, "Must have admin rights to Repository.");
    }

    private static bool IsWork(ApiCall call, string[] rest) => rest switch
    {
        ["contents" or "git" or "topics" or "pulls" or "issues" or "statuses" or "check-runs", ..] => true,
        [] => call.Method == "PATCH" && call.Json() is { } body && body.All(member => Maintained.Contains(member.Key)),
        _ => false,
    };
}

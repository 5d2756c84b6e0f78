using System.Net;

namespace Idp.GitHub;

/// <summary>What the organisation's teams may do in a repository.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/teams/teams"/>.</remarks>
public sealed class TeamAccess
{
    private readonly GitHubCalls _calls;

    internal TeamAccess(GitHubCalls calls) => _calls = calls;

    /// <summary>Returns the number of a team, which reviewers are named by.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/teams/teams#get-a-team-by-name"/>.</remarks>
    /// <exception cref="GitHubNotFoundException">There is no such team, or the token may not see it.</exception>
    public async Task<long> GetIdAsync(string organisation, string slug, CancellationToken cancellationToken)
    {
        GitHubNames.CheckOwner(organisation);
        GitHubNames.CheckTeam(slug);
        var call = new GitHubCallContext(AdministrationOperations.GetTeam, $"show team {slug} of {organisation}");
        return (await _calls.RunAsync(call, client => client.Organization.Team.GetByName(organisation, slug), cancellationToken)).Id;
    }

    /// <summary>Returns what a team may do in the repository; null if nothing, or if there is no such team.</summary>
    /// <remarks>
    /// A custom role counts as the permission that it is based on. See
    /// <see href="https://docs.github.com/en/rest/teams/teams#check-team-permissions-for-a-repository"/>.
    /// </remarks>
    public async Task<TeamPermission?> FindAsync(Repository repository, string slug, CancellationToken cancellationToken)
    {
        Check(repository, slug);

        // The usual media type makes GitHub answer yes or no, without saying what the team may do.
        var call = new GitHubCallContext(AdministrationOperations.GetTeamRepository, $"show what team {slug} may do in {repository.FullName}")
        {
            Accept = "application/vnd.github.v3.repository+json",
            Expected = [HttpStatusCode.NotFound],
        };
        var found = await _calls.FindAsync(
            call,
            client => client.Organization.Team.CheckTeamPermissionsForARepositoryWithCustomAcceptHeader(
                repository.Owner, slug, repository.Owner, repository.Name),
            cancellationToken);
        return found?.Permissions is { } rights ? Highest(rights) : null;
    }

    /// <summary>Gives a team this permission, whether it had more or less before.</summary>
    /// <remarks>
    /// For some seconds after a create GitHub may answer 404. See
    /// <see href="https://docs.github.com/en/rest/teams/teams#add-or-update-team-repository-permissions"/>.
    /// </remarks>
    /// <exception cref="GitHubNotFoundException">There is no such team, or the token may not see it.</exception>
    public Task GrantAsync(
        Repository repository, string slug, TeamPermission permission, CancellationToken cancellationToken)
    {
        Check(repository, slug);
        var call = new GitHubCallContext(
            AdministrationOperations.PutTeamRepository, $"give team {slug} the permission {permission} in {repository.FullName}");
        return _calls.TryAsync(
            call,
            client => client.Organization.Team.AddOrUpdateTeamRepositoryPermissions(
                repository.Owner, slug, repository.Owner, repository.Name, NameOf(permission)),
            cancellationToken);
    }

    private static void Check(Repository repository, string slug)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckTeam(slug);
    }

    private static string NameOf(TeamPermission permission) => permission switch
    {
        TeamPermission.Admin => "admin",
        TeamPermission.Maintain => "maintain",
        TeamPermission.Push => "push",
        TeamPermission.Triage => "triage",
        _ => "pull",
    };

    private static TeamPermission? Highest(Octokit.TeamRepositoryPermissions rights) => rights switch
    {
        { Admin: true } => TeamPermission.Admin,
        { Maintain: true } => TeamPermission.Maintain,
        { Push: true } => TeamPermission.Push,
        { Triage: true } => TeamPermission.Triage,
        { Pull: true } => TeamPermission.Pull,
        _ => null,
    };
}

/// <summary>What a team may do in a repository; each permission holds those above it in this list.</summary>
/// <remarks>See <see href="https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization"/>.</remarks>
public enum TeamPermission
{
    /// <summary>Read it.</summary>
    Pull,

    /// <summary>Manage issues and pull requests as well.</summary>
    Triage,

    /// <summary>Push to it as well.</summary>
    Push,

    /// <summary>Manage it, without what is dangerous.</summary>
    Maintain,

    /// <summary>Everything, deleting it included.</summary>
    Admin,
}

using System.Net;

namespace Idp.GitHub;

/// <summary>What the organisation's teams may do in a repository.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/teams/teams"/>.</remarks>
public sealed class TeamAccess
{
    private readonly GitHubTransport _transport;

    internal TeamAccess(GitHubTransport transport) => _transport = transport;

    /// <summary>Returns the number of a team, which reviewers are named by.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/teams/teams#get-a-team-by-name"/>.</remarks>
    /// <exception cref="GitHubNotFoundException">There is no such team, or the token may not see it.</exception>
    public async Task<long> GetIdAsync(string organisation, string slug, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            AdministrationOperations.GetTeam,
            HttpMethod.Get,
            AdministrationPath.Team(organisation, slug),
            $"show team {slug} of {organisation}");
        return (await _transport.SendAsync(request, AdministrationJson.Default.TeamBody, cancellationToken)).Id;
    }

    /// <summary>Returns what a team may do in the repository; null if nothing, or if there is no such team.</summary>
    /// <remarks>
    /// A custom role counts as the permission that it is based on. See
    /// <see href="https://docs.github.com/en/rest/teams/teams#check-team-permissions-for-a-repository"/>.
    /// </remarks>
    public async Task<TeamPermission?> FindAsync(Repository repository, string slug, CancellationToken cancellationToken)
    {
        // The usual media type makes GitHub answer yes or no, without saying what the team may do.
        var request = new GitHubRequest(
            AdministrationOperations.GetTeamRepository,
            HttpMethod.Get,
            AdministrationPath.Team(repository, slug),
            $"show what team {slug} may do in {repository.FullName}")
        {
            Accept = "application/vnd.github.v3.repository+json",
            Expected = [HttpStatusCode.NotFound],
        };
        var answer = await _transport.SendAsync(request, cancellationToken);
        return answer.IsSuccess
            ? answer.Read(request, AdministrationJson.Default.TeamRepositoryBody).Permissions?.Highest()
            : null;
    }

    /// <summary>Gives a team this permission, whether it had more or less before.</summary>
    /// <remarks>
    /// For some seconds after a create GitHub may answer 404. See
    /// <see href="https://docs.github.com/en/rest/teams/teams#add-or-update-team-repository-permissions"/>.
    /// </remarks>
    /// <exception cref="GitHubNotFoundException">There is no such team, or the token may not see it.</exception>
    public async Task GrantAsync(
        Repository repository, string slug, TeamPermission permission, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            AdministrationOperations.PutTeamRepository,
            HttpMethod.Put,
            AdministrationPath.Team(repository, slug),
            $"give team {slug} the permission {permission} in {repository.FullName}")
            .With(new PermissionBody(permission), AdministrationJson.Default.PermissionBody);
        await _transport.SendAsync(request, cancellationToken);
    }
}

using Idp.GitHub;
using Idp.Operator.Settings;

namespace Idp.Operator.Repositories.Features;

/// <summary>What teams may do; others, and people, are left alone.</summary>
/// <param name="Permissions">By the slug of the team.</param>
public sealed record TeamsFeature(IReadOnlyDictionary<string, TeamPermission> Permissions)
    : RepositoryFeature<IReadOnlyDictionary<string, TeamPermission>>("teams", new Dictionary<string, TeamPermission>())
{
    internal static RepositoryFeature? Of(FeatureRequest request) => request.Settings.Teams is { Count: > 0 } teams
        ? new TeamsFeature(teams
            .DistinctBy(team => request.Fill(team.Team))
            .ToDictionary(team => request.Fill(team.Team), team => PermissionOf(team.Permission), StringComparer.Ordinal))
        : null;

    /// <inheritdoc/>
    protected override async Task<IReadOnlyDictionary<string, TeamPermission>> ReadAsync(
        RepositoryAdministration github, Repository repository, CancellationToken cancellationToken)
    {
        var present = new Dictionary<string, TeamPermission>(StringComparer.Ordinal);
        foreach (var slug in Permissions.Keys)
        {
            if (await github.Teams.FindAsync(repository, slug, cancellationToken) is { } permission)
            {
                present[slug] = permission;
            }
        }

        return present;
    }

    /// <inheritdoc/>
    protected override IEnumerable<FeatureStep> Compare(IReadOnlyDictionary<string, TeamPermission> present) => Permissions
        .Where(wanted => !present.TryGetValue(wanted.Key, out var permission) || permission != wanted.Value)
        .Select(wanted => new Give(Name, wanted.Key, wanted.Value));

    private static TeamPermission PermissionOf(RepositoryPermission permission) => permission switch
    {
        RepositoryPermission.Admin => TeamPermission.Admin,
        RepositoryPermission.Maintain => TeamPermission.Maintain,
        RepositoryPermission.Push => TeamPermission.Push,
        RepositoryPermission.Triage => TeamPermission.Triage,
        _ => TeamPermission.Pull,
    };

    /// <summary>Gives a team a permission.</summary>
    internal sealed record Give(string Feature, string Slug, TeamPermission Permission)
        : FeatureStep(Feature, $"give the team {Slug} the permission {Permission}")
    {
        protected override Task SetAsync(RepositoryAdministration github, Repository repository, CancellationToken cancellationToken) =>
            github.Teams.GrantAsync(repository, Slug, Permission, cancellationToken);
    }
}

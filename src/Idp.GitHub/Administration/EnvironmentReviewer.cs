namespace Idp.GitHub;

/// <summary>A user or team that approves deployments.</summary>
/// <param name="Type"><c>User</c> or <c>Team</c>.</param>
/// <param name="Id">The number of the user or team.</param>
/// <param name="Name">The login or slug, where GitHub said it.</param>
public sealed record EnvironmentReviewer(string Type, long Id, string? Name = null)
{
    /// <summary>A team, by its number.</summary>
    public static EnvironmentReviewer Team(long id, string slug) => new("Team", id, slug);
}

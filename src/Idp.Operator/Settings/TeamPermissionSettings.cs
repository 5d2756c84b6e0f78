namespace Idp.Operator.Settings;

/// <summary>What one team may do in every repository.</summary>
public sealed record TeamPermissionSettings
{
    /// <summary>The slug of the team; knows <c>{team}</c>.</summary>
    public required string Team { get; init; }

    /// <summary>What it may do.</summary>
    public required RepositoryPermission Permission { get; init; }
}

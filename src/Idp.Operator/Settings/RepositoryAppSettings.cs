namespace Idp.Operator.Settings;

/// <summary>The GitHub App that Argo CD reads repositories as; better another one than the operator's, which may write.</summary>
public sealed record RepositoryAppSettings
{
    /// <summary>The App's id, in quotes; Argo CD does not take the client id.</summary>
    public required string Id { get; init; }

    /// <summary>The number of its installation in the owner.</summary>
    public required long InstallationId { get; init; }
}

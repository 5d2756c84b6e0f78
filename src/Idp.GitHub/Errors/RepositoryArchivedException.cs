namespace Idp.GitHub;

/// <summary>The repository is archived and so read-only (403).</summary>
/// <remarks>Unarchive it with <see cref="RepositorySettings.Archived"/>, or leave it alone.</remarks>
public sealed class RepositoryArchivedException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => true;
}

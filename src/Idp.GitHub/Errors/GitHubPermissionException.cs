namespace Idp.GitHub;

/// <summary>The token lacks a right (403, 451).</summary>
/// <remarks><see cref="GitHubException.AcceptedPermissions"/> names the right when GitHub says so.</remarks>
public sealed class GitHubPermissionException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => true;
}

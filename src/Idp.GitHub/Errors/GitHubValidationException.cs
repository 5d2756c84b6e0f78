namespace Idp.GitHub;

/// <summary>The request is wrong in itself (400, 410, 422), or was refused before it was sent.</summary>
/// <remarks><see cref="GitHubException.StatusCode"/> is null when nothing was sent.</remarks>
public sealed class GitHubValidationException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => true;
}

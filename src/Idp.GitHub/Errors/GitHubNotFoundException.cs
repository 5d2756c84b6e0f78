namespace Idp.GitHub;

/// <summary>The repository or object is not there, or this token may not see it (404).</summary>
/// <remarks>
/// Not terminal: GitHub also answers 404 for some seconds after a create, and for a right that is missing. Who knows
/// that those seconds are over may call it terminal.
/// </remarks>
public sealed class GitHubNotFoundException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => false;
}

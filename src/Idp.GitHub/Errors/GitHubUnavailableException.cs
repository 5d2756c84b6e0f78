namespace Idp.GitHub;

/// <summary>GitHub did not answer, or answered with a fault of its own (5xx, timeout, broken connection).</summary>
/// <remarks>A write may have been carried out all the same: read before repeating it.</remarks>
public sealed class GitHubUnavailableException(GitHubFailure failure, Exception? inner = null)
    : GitHubException(failure, inner)
{
    /// <inheritdoc/>
    public override bool IsTerminal => false;
}

namespace Idp.GitHub;

/// <summary>GitHub's answer, or the file that was asked for, is larger than anything that is expected there; it was not read.</summary>
/// <remarks>A write may have been carried out all the same: read before repeating it.</remarks>
public sealed class AnswerTooLargeException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => false;
}

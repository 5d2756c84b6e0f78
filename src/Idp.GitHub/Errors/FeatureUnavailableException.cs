namespace Idp.GitHub;

/// <summary>The organisation's plan lacks the feature for such a repository (403); no permission helps.</summary>
public sealed class FeatureUnavailableException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => true;
}

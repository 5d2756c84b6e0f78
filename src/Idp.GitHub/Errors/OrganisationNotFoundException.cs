namespace Idp.GitHub;

/// <summary>There is no such organisation, or the credentials may make nothing in it; GitHub does not tell the two apart.</summary>
/// <remarks>Not terminal: installing the App in the organisation mends it.</remarks>
public sealed class OrganisationNotFoundException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => false;
}

namespace Idp.GitHub;

/// <summary>Where Git finds a repository. Pure.</summary>
/// <remarks>
/// It follows from where the API is and from the checked names, so that no answer can send a token to another host. See
/// https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/network-details-for-ghecom for the third form.
/// </remarks>
internal static class GitAddress
{
    private const string ApiHost = "api.";

    /// <summary>The address for Git over HTTP, such as <c>https://github.com/OWNER/NAME.git</c>.</summary>
    public static Uri Of(Uri api, Repository repository)
    {
        GitHubNames.Check(repository);
        return new UriBuilder(api.Scheme, HostOf(api.IdnHost), api.Port, $"/{repository.Owner}/{repository.Name}.git").Uri;
    }

    // GitHub and GHE.com have the API on a host of its own beside Git's; GitHub Enterprise Server has both on one.
    private static string HostOf(string host) =>
        host == "api.github.com" || (host.StartsWith(ApiHost, StringComparison.Ordinal) && host.EndsWith(".ghe.com", StringComparison.Ordinal))
            ? host[ApiHost.Length..]
            : host;
}

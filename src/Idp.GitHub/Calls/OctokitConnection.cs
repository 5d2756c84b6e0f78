using Octokit;

namespace Idp.GitHub;

/// <summary>The requests that Octokit has no method for, with bodies of our own.</summary>
internal static class OctokitConnection
{
    public static async Task<T> Get<T>(this IGitHubClient client, Uri address) =>
        (await client.Connection.Get<T>(address, null)).Body;

    /// <summary>Returns one page of a list; whoever asks counts the pages.</summary>
    public static async Task<T> GetPage<T>(this IGitHubClient client, Uri address, int size, int page) =>
        (await client.Connection.Get<T>(address, new Dictionary<string, string> { ["per_page"] = $"{size}", ["page"] = $"{page}" })).Body;

    public static async Task<T> Post<T>(this IGitHubClient client, Uri address, object body) =>
        (await client.Connection.Post<T>(address, body, null, null, parameters: null, CancellationToken.None)).Body;

    public static async Task<T> Put<T>(this IGitHubClient client, Uri address, object body) =>
        (await client.Connection.Put<T>(address, body)).Body;
}

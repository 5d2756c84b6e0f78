namespace Idp.GitHub;

/// <summary>One call, what passes between it and GitHub, and what it has to return, as text.</summary>
/// <param name="Expected">What it returns.</param>
/// <param name="Exchanges">What passes.</param>
internal sealed record RecordedCall(string Expected, params RecordedExchange[] Exchanges)
{
    private static readonly GitHubOptions Options = new() { Limits = GitHubLimits.None };

    /// <summary>Makes the call.</summary>
    public required Func<HttpClient, RecordedGitHub, CancellationToken, Task<string>> Make { get; init; }

    /// <summary>A call of the client.</summary>
    public static RecordedCall Of<T>(
        Func<GitHubClient, CancellationToken, Task<T>> call, Func<T, string> show, string expected, params RecordedExchange[] exchanges) =>
        new(expected, exchanges)
        {
            Make = async (http, github, cancellationToken) =>
                show(await call(new GitHubClient(http, github, Options, TimeProvider.System, github), cancellationToken)),
        };

    /// <summary>A call that returns nothing.</summary>
    public static RecordedCall Of(Func<GitHubClient, CancellationToken, Task> call, params RecordedExchange[] exchanges) => Of(
        async (client, cancellationToken) =>
        {
            await call(client, cancellationToken);
            return "";
        },
        nothing => nothing,
        "",
        exchanges);

    /// <summary>A token for an App that is installed somewhere, as who signs for the App gets it.</summary>
    public static RecordedCall OfApp(string expected, params RecordedExchange[] exchanges) => new(expected, exchanges)
    {
        Make = async (http, github, cancellationToken) =>
        {
            var app = new GitHubAppInstallation { AppId = "1", PrivateKeyFile = "", Owner = "acme" };
            var calls = new GitHubCalls(http, github, Options, TimeProvider.System, github);
            return (await new InstallationApi(calls, app, TimeProvider.System).MintAsync(cancellationToken)).Value;
        },
    };
}

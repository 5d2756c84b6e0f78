namespace Idp.GitHub;

/// <summary>Finds out whether this build of the program can write GitHub's requests and read its answers.</summary>
/// <remarks>
/// Octokit finds the members of its models by their names while it runs, and what is compiled ahead of time keeps only members that somebody
/// is seen to use. So each call with a model of it is made here against a recorded answer, by the very way that it goes to GitHub; there is no network.
/// </remarks>
public static class GitHubSelfCheck
{
    /// <summary>Makes each of those calls once.</summary>
    /// <returns>For each what it is called, and what is wrong with it; null where all is well.</returns>
    public static Task<IReadOnlyList<(string Call, string? Problem)>> RunAsync(CancellationToken cancellationToken) =>
        RunAsync(RecordedCalls.All, cancellationToken);

    internal static async Task<IReadOnlyList<(string Call, string? Problem)>> RunAsync(
        IEnumerable<RecordedCall> calls, CancellationToken cancellationToken)
    {
        List<(string, string?)> found = [];
        foreach (var check in calls)
        {
            using var github = new RecordedGitHub(check.Exchanges);
            var problem = await ProblemAsync(check, github, cancellationToken);
            found.AddRange(github.Operations.Distinct(StringComparer.Ordinal).Select(operation => (operation, problem)));
        }

        return found;
    }

    private static async Task<string?> ProblemAsync(RecordedCall check, RecordedGitHub github, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(github, disposeHandler: false);
        try
        {
            var read = await check.Make(http, github, cancellationToken);
            return read != check.Expected ? $"read \"{read}\" instead of \"{check.Expected}\""
                : github.IsDone ? null
                : "did not ask for everything";
        }
        catch (Exception error) when (error is GitHubException or InvalidOperationException)
        {
            return $"{error.Message} {error.InnerException?.Message}".TrimEnd();
        }
    }
}

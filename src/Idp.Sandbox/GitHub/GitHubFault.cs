using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Idp.Sandbox.GitHub;

/// <summary>A mishap for requests to come.</summary>
public sealed record GitHubFault
{
    /// <summary>The HTTP method that it strikes; null for all.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// A regular expression that the path and query have to match; null for all. The path is as sent, %2F included.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>How many matching requests pass before it strikes.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests it strikes.</summary>
    public int Times { get; init; } = 1;

    /// <summary>What happens.</summary>
    public GitHubFaultKind Kind { get; init; } = GitHubFaultKind.Answer;

    /// <summary>The status of the fault's own answer.</summary>
    public int Status { get; init; } = 500;

    /// <summary>The body of the fault's own answer; GitHub's for a server error if null.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>How long the fault's own answer goes on, in place of its body; <see cref="long.MaxValue"/> for without an end.</summary>
    public long? Bytes { get; init; }

    /// <summary>Whether such a long answer is sent by gzip.</summary>
    public bool Compressed { get; init; }

    /// <summary>Headers of the fault's own answer, in place of the usual ones of the same name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Puts it behind those that are still to come.</summary>
    /// <exception cref="RegexParseException">The path is no regular expression.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It strikes less than once.</exception>
    internal void AddTo(FaultPlan<GitHubFault, (string Method, string Target)> plan)
    {
        var path = Path is null ? null : new Regex(Path, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        plan.Add(this, request => (Method is null || Method == request.Method) && path?.IsMatch(request.Target) is not false, Times, Skip);
    }
}

namespace Idp.GitHub;

/// <summary>One request that was sent to GitHub, as a meter wants it.</summary>
/// <param name="Operation">What was asked for, out of a small fixed set such as <c>create_repository</c>.</param>
/// <param name="StatusCode">The status of the answer, or null when none came.</param>
/// <param name="Elapsed">The time from sending to the end of the answer.</param>
public readonly record struct GitHubCall(string Operation, int? StatusCode, TimeSpan Elapsed);

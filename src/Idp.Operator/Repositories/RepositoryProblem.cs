namespace Idp.Operator.Repositories;

/// <summary>Why a repository is not as it should be.</summary>
/// <param name="Reason">One CamelCase word.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="IsTerminal">Whether only a change by people can help.</param>
/// <param name="RetryAfter">When to look again; null to leave it to the back-off.</param>
public sealed record RepositoryProblem(string Reason, string Message, bool IsTerminal, TimeSpan? RetryAfter = null);

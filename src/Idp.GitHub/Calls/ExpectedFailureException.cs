using System.Diagnostics.CodeAnalysis;

namespace Idp.GitHub;

/// <summary>A failure that is an answer to this call. It gets past Octokit, and no further than <see cref="GitHubCalls"/>.</summary>
[SuppressMessage("Design", "CA1064", Justification = "Nobody else ever sees it.")]
internal sealed class ExpectedFailureException : Exception;

namespace Idp.Sandbox.GitHub;

/// <summary>What happened to a pull request, as GitHub's webhook <c>pull_request</c> tells it.</summary>
/// <param name="Repository">The full name, such as <c>acme/orders</c>.</param>
/// <param name="Number">The number of the pull request.</param>
/// <param name="Action"><c>opened</c>, <c>edited</c>, <c>synchronize</c>, <c>closed</c> or <c>reopened</c>.</param>
public sealed record GitHubPullRequestEvent(string Repository, int Number, string Action);

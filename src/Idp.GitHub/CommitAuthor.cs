namespace Idp.GitHub;

/// <summary>Who wrote a commit, and when; used for the author and the committer alike.</summary>
/// <param name="Name">The name.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Date">The time. Git keeps whole seconds; it is written in UTC.</param>
public sealed record CommitAuthor(string Name, string Email, DateTimeOffset Date);

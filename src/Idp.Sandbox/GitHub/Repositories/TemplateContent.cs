namespace Idp.Sandbox.GitHub;

/// <summary>The files of a template that are still to come into a repository.</summary>
/// <param name="Tree">The tree, which the repository has already, though no commit.</param>
/// <param name="Requests">So many requests for the repository still find it empty.</param>
/// <param name="Due">Before that they do not come either.</param>
internal sealed record TemplateContent(string Tree, int Requests, DateTimeOffset Due);

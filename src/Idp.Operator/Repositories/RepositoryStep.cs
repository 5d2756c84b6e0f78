using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>One thing to do to a repository.</summary>
/// <param name="Summary">The step for people, as <c>plan</c> prints it.</param>
public abstract record RepositoryStep(string Summary)
{
    /// <summary>Creates the repository, empty, with its owner in the description.</summary>
    public sealed record Create(NewRepository Request, string Place) : RepositoryStep($"create {Place}");

    /// <summary>Lays the golden path as one commit.</summary>
    /// <param name="IsOurs">Whether the repository was made by us, and so has a first commit of GitHub's to be replaced.</param>
    public sealed record Scaffold(bool IsOurs) : RepositoryStep("commit the golden path");

    /// <summary>Writes the marker into a repository that is taken in.</summary>
    public sealed record Adopt() : RepositoryStep($"adopt: commit {RepositoryMarker.Path}");

    /// <summary>Sets what differs of the settings.</summary>
    public sealed record Update(RepositorySettings Settings, string What) : RepositoryStep($"set {What}");

    /// <summary>Replaces the topics.</summary>
    public sealed record Topics(IReadOnlyList<string> Names) : RepositoryStep($"set topics to {string.Join(", ", Names)}");
}

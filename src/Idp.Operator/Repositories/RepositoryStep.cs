using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>One thing to do to a repository.</summary>
/// <param name="Summary">The step for people, as <c>plan</c> prints it.</param>
public abstract record RepositoryStep(string Summary)
{
    /// <summary>Creates the repository, empty, with the sign whose it is in the description.</summary>
    public sealed record Create(NewRepository Request, string Place) : RepositoryStep($"create {Place}");

    /// <summary>Makes the repository from a template repository, with the sign whose it is in the description; GitHub fills it later.</summary>
    public sealed record Generate(NewRepository Request, TemplateRepository Template, string Place)
        : RepositoryStep($"make {Place} from the template repository {Template}");

    /// <summary>Waits until GitHub has filled what it made from a template, and lays the marker on top.</summary>
    public sealed record Mark(TemplateRepository Template) : RepositoryStep($"commit {RepositoryMarker.Path} on top of the files of {Template}");

    /// <summary>Lays the golden path as one commit.</summary>
    public sealed record Scaffold() : RepositoryStep("commit the golden path");

    /// <summary>Records, where only the operator writes, that a repository is taken in.</summary>
    public sealed record Claim(string Place) : RepositoryStep($"record the adoption of {Place}");

    /// <summary>Writes the marker into a repository that is taken in.</summary>
    public sealed record Adopt() : RepositoryStep($"adopt: commit {RepositoryMarker.Path}");

    /// <summary>Sets what differs of the settings.</summary>
    /// <param name="Settings">What the manifest decides.</param>
    /// <param name="What">The same in words.</param>
    public sealed record Update(RepositorySettings Settings, string What) : RepositoryStep($"set {What}")
    {
        /// <summary>What the platform decides and goes along; a refusal of it must not keep the rest from being set.</summary>
        public RepositorySettings Along { get; init; } = new();
    }

    /// <summary>Replaces the topics.</summary>
    public sealed record Topics(IReadOnlyList<string> Names) : RepositoryStep($"set topics to {string.Join(", ", Names)}");
}

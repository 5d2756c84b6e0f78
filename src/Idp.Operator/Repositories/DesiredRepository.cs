using Idp.Entities;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.Repositories;

/// <summary>What a BackendApp wants of its repository, every default filled in.</summary>
public sealed record DesiredRepository
{
    /// <summary>The GitHub organisation.</summary>
    public required string Owner { get; init; }

    /// <summary>The repository's name.</summary>
    public required string Name { get; init; }

    /// <summary>What people read beside the name.</summary>
    public required string Description { get; init; }

    /// <summary>Who may see it.</summary>
    public required GitHub.RepositoryVisibility Visibility { get; init; }

    /// <summary>All of its topics, or null to leave them alone.</summary>
    public IReadOnlyList<string>? Topics { get; init; }

    /// <summary>What it shall be beyond its files.</summary>
    public DesiredFeatures Features { get; init; } = DesiredFeatures.None;

    /// <summary>The template repository that its files come from; null where the operator lays them itself.</summary>
    public TemplateRepository? Template { get; init; }

    /// <summary>Whether a repository that nobody owns may be taken in.</summary>
    public bool AdoptIfUnowned { get; init; }

    /// <summary>Whose it is.</summary>
    public required RepositoryOwner BelongsTo { get; init; }

    /// <summary>The id that an earlier reconcile wrote down; null before there was one.</summary>
    public long? KnownId { get; init; }

    /// <summary>The commit of the scaffold, once written down: the golden path is laid only once.</summary>
    public string? KnownCommit { get; init; }

    /// <summary>What status says of its golden path; null where it says nothing.</summary>
    public TemplateStatus? KnownTemplate { get; init; }

    /// <summary>What its golden path wants of its files once they are laid; null where nothing is to be brought into it.</summary>
    public DesiredUpdate? Update { get; init; }

    /// <summary>
    /// What status says of a repository that was found in order for this very manifest; null where it says anything else.
    /// It serves while nobody waits for a look.
    /// </summary>
    public ObservedRepository? Recorded { get; init; }

    /// <summary>The team, among which GitHub's limits are shared out.</summary>
    public string Team { get; init; } = "";

    /// <summary>Owner and name.</summary>
    public string FullName => $"{Owner}/{Name}";
}

/// <summary>The BackendApp that a repository belongs to.</summary>
/// <param name="Uid">Its uid, by which it is remembered in memory; a restored one has another.</param>
/// <param name="Name">Its namespace and name, by which its repositories are known again.</param>
/// <param name="Role">What the repository is to it; null for the application's own one.</param>
public sealed record RepositoryOwner(string Uid, string Name, string? Role = null)
{
    /// <summary>The role of the repository that holds the deployment manifests alone.</summary>
    public const string Deployment = "deployment";

    /// <summary>What is remembered and reserved for this very repository goes by this.</summary>
    public string Key => Role is null ? Uid : $"{Uid}/{Role}";

    /// <summary>The keys of all repositories that a BackendApp may have.</summary>
    public static IReadOnlyList<string> KeysOf(string uid) => [uid, $"{uid}/{Deployment}"];
}

/// <summary>A repository on GitHub that others are made from.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Name">What it is called.</param>
public sealed record TemplateRepository(string Owner, string Name)
{
    /// <summary>Reads <c>OWNER/NAME</c>; null where it is something else.</summary>
    public static TemplateRepository? Read(string? text) =>
        text?.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name] ? new TemplateRepository(owner, name) : null;

    /// <summary>Owner and name.</summary>
    public override string ToString() => $"{Owner}/{Name}";
}

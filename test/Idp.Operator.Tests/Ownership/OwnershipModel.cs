namespace Idp.Operator.Tests.Ownership;

/// <summary>Whose each repository is, by the rules that docs/decisions/0011-ownership.md promises; knows nothing of how they are kept.</summary>
internal sealed class OwnershipModel
{
    private const string Deployment = "+deployment";

    /// <summary>The repositories by number.</summary>
    public Dictionary<long, ModelRepository> Repositories { get; } = [];

    /// <summary>The BackendApps that live, by namespace and name.</summary>
    public Dictionary<string, ModelApp> Apps { get; } = [];

    /// <summary>Who made a repository, or adopted it last, owns it. Nothing that people do to a repository changes that.</summary>
    /// <param name="owner">A BackendApp, or what it has for its deployment manifests: the one is not the other.</param>
    /// <param name="id">The repository.</param>
    public bool Owns(string owner, long id) => Repositories[id].Owner == owner;

    /// <summary>Whether a BackendApp owns a repository, for whatever it has it.</summary>
    public bool OwnsAny(string key, long id) => Owns(key, id) || Owns(DeploymentOf(key), id);

    /// <summary>What a BackendApp has for its deployment manifests, as an owner.</summary>
    public static string DeploymentOf(string key) => key + Deployment;

    /// <summary>Whether a BackendApp that is granted it takes in what it finds: what nobody made, or whose owner is gone.</summary>
    public bool MustAdopt(string key, long id) =>
        Apps[key].Adopts && !IsHeld(id) && (Repositories[id].Owner is not { } owner || !Apps.ContainsKey(owner.Replace(Deployment, "", StringComparison.Ordinal)));

    /// <summary>
    /// Whether it may: an owner that has lost its status and, by somebody who pushes, the sign of the operator's too, cannot be told from one that is gone.
    /// </summary>
    public bool MayAdopt(string key, long id) => MustAdopt(key, id) || (Apps[key].Adopts && !IsHeld(id) && Repositories[id].IsDefaced);

    /// <summary>Whether a BackendApp has to find a repository again although its status knows nothing of it.</summary>
    public bool MustFind(string owner, long id) => Owns(owner, id) && !Repositories[id].IsDefaced && !IsHeld(id);

    private bool IsHeld(long id) => Apps.Values.Any(app => app.Id == id || app.DeploymentId == id);
}

/// <summary>One repository.</summary>
internal sealed class ModelRepository
{
    private bool _isDefaced;

    /// <summary>Whose it is; null for nobody's.</summary>
    public string? Owner { get; set; }

    /// <summary>Whether it was adopted: the operator has that on record, where nobody can deface it.</summary>
    public bool IsAdopted { get; set; }

    /// <summary>Whether the operator's first commit is there; until then its sign is the description.</summary>
    public bool IsLaid { get; set; }

    /// <summary>Whether people overwrote the sign of the operator's.</summary>
    public bool IsDefaced { get => _isDefaced && !IsAdopted; set => _isDefaced = value; }
}

/// <summary>One BackendApp.</summary>
/// <param name="Name">The repository that it wants.</param>
/// <param name="Adopts">Whether it takes in what nobody owns.</param>
/// <param name="Deletes">Whether its repository goes with it.</param>
/// <param name="Visibility">Who may see its repository.</param>
/// <param name="Separate">Whether it wants a second one, for its deployment manifests.</param>
internal sealed record ModelApp(string Name, bool Adopts, bool Deletes, string Visibility, bool Separate)
{
    /// <summary>The number in its status.</summary>
    public long? Id { get; set; }

    /// <summary>That of the second one.</summary>
    public long? DeploymentId { get; set; }
}

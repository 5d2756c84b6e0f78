using System.Text.Json.Serialization;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>The application's repository on GitHub.</summary>
public sealed record RepositorySpec
{
    /// <summary>What the name of the deployment repository ends with.</summary>
    public const string DeploymentSuffix = "-deploy";

    /// <summary>How long the name may be where a deployment repository is named after it: GitHub takes 100 characters.</summary>
    public const int MaxNameLengthWithDeployment = 93;

    /// <summary>
    /// The organisation; it must be one that the platform grants to the team. Default: the platform's. Cannot be
    /// changed.
    /// </summary>
    [Pattern("^" + Patterns.GitHubOwner + "$")]
    [Length(1, 39)]
    public string? Owner { get; init; }

    /// <summary>The repository's name; default: the application's. Cannot be changed.</summary>
    [Pattern("^" + Patterns.GitHubRepository + "$")]
    [Length(1, 100)]
    [ValidationRule("!self.endsWith('.git')", "repository.name must not end in .git")]
    public string? Name { get; init; }

    /// <summary>Who may see it.</summary>
    [DefaultValue(RepositoryVisibility.Private)]
    public RepositoryVisibility Visibility { get; init; }

    /// <summary>The topics that GitHub lists it under.</summary>
    [Pattern("^" + Patterns.GitHubTopic + "$")]
    [Length(1, 50)]
    [Items(0, 20)]
    [XListType(XListType.Set)]
    public IReadOnlyList<string> Topics { get => field ?? []; init; }

    /// <summary>Whether an existing repository of that name may be taken in; the platform must grant it.</summary>
    [DefaultValue(AdoptionPolicy.Never)]
    public AdoptionPolicy Adoption { get; init; }

    /// <summary>What happens to it when the BackendApp is deleted.</summary>
    [DefaultValue(RepositoryDeletionPolicy.Retain)]
    public RepositoryDeletionPolicy DeletionPolicy { get; init; }

    /// <summary>
    /// Where the deployment manifests live: here, or in a second repository, <c>NAME-deploy</c>, which Argo CD follows.
    /// Cannot be changed.
    /// </summary>
    [DefaultValue(DeploymentPlace.InRepository)]
    public DeploymentPlace Deployment { get; init; }
}

/// <summary>Who may see the repository.</summary>
[JsonConverter(typeof(StrictEnumConverter<RepositoryVisibility>))]
public enum RepositoryVisibility
{
    /// <summary>Whoever was given access.</summary>
    Private,

    /// <summary>Every member of the enterprise.</summary>
    Internal,

    /// <summary>Everybody.</summary>
    Public,
}

/// <summary>Whether an existing repository may be taken in.</summary>
[JsonConverter(typeof(StrictEnumConverter<AdoptionPolicy>))]
public enum AdoptionPolicy
{
    /// <summary>It is a conflict.</summary>
    Never,

    /// <summary>It is taken in if no other application owns it and the platform grants it.</summary>
    IfUnowned,
}

/// <summary>What happens to the repository when its application is deleted.</summary>
[JsonConverter(typeof(StrictEnumConverter<RepositoryDeletionPolicy>))]
public enum RepositoryDeletionPolicy
{
    /// <summary>Nothing.</summary>
    Retain,

    /// <summary>It becomes read only.</summary>
    Archive,

    /// <summary>It is deleted with everything in it.</summary>
    Delete,
}

/// <summary>Where the deployment manifests of an application live.</summary>
[JsonConverter(typeof(StrictEnumConverter<DeploymentPlace>))]
public enum DeploymentPlace
{
    /// <summary>In the application's own repository.</summary>
    InRepository,

    /// <summary>In a second repository, named as the application's with <c>-deploy</c> at the end.</summary>
    Separate,
}

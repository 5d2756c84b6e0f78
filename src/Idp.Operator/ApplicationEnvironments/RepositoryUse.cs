using System.Text.Json;
using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Tells whose repository an environment deploys: Argo CD's credentials reach more than one team's.</summary>
internal static class RepositoryUse
{
    private static readonly ObjectIndexer BySource = new EnvironmentIndexer(entity => Key(entity.Spec.Source.RepoUrl));

    /// <summary>The BackendApp of another namespace that the repository belongs to; null where it is nobody else's.</summary>
    public static string? ForeignOwner(ApplicationEnvironment entity, IObjectReader reader)
    {
        var home = entity.Metadata.Namespace ?? "";
        var wanted = Key(entity.Spec.Source.RepoUrl);
        IReadOnlyList<KubeObject> owners =
        [
            .. reader.List(BackendApp.ResourceKind, ByRepository.Own, wanted),
            .. reader.List(BackendApp.ResourceKind, ByRepository.OfDeployment, wanted),
        ];
        return owners.Count == 0 || owners.Any(app => app.Key.Namespace == home) ? null : owners[0].Key.ToString();
    }

    /// <summary>Where the repositories of the environment's application are cloned from; none where there is no such application here.</summary>
    public static IReadOnlyList<string> OwnSources(ApplicationEnvironment entity, IObjectReader reader) =>
        [.. OwnSources(reader.Find(BackendApp.ResourceKind, new ObjectKey(entity.Metadata.Namespace ?? "", entity.Spec.Application)))];

    /// <summary>Whether an application owns other repositories than before.</summary>
    public static bool OwnSourcesChanged(KubeObject? before, KubeObject? after) => !OwnSources(before).SequenceEqual(OwnSources(after));

    /// <summary>The environments, of whatever namespace, that are deployed from a repository which is an application's.</summary>
    public static IEnumerable<ObjectKey> Users(IObjectReader reader, KubeObject app) => OwnSources(app)
        .SelectMany(source => reader.List(ApplicationEnvironment.ResourceKind, BySource, Key(source)))
        .Select(environment => environment.Key);

    private static IEnumerable<string> OwnSources(KubeObject? app) => app is not null && StatusOf(app) is { } status
        ? [.. new[] { status.Repository, status.DeploymentRepository }.OfType<RepositoryStatus>().Where(known => known.Id > 0).Select(known => known.CloneUrl)]
        : [];

    private static BackendAppStatus? StatusOf(KubeObject app)
    {
        try
        {
            return app.Deserialize(BackendApp.JsonType).Status;
        }
        catch (JsonException)
        {
            // An object that cannot be read owns nothing; its own controller says so on it.
            return null;
        }
    }

    // Without the scheme, for one repository is behind both.
    private static string Key(string address) => (SourceAddress.Plain(address) ?? address).Split("://")[^1].ToLowerInvariant();

    /// <summary>Finds BackendApps by the repository that their status says is theirs.</summary>
    private sealed record ByRepository(bool IsDeployment) : ObjectIndexer
    {
        public static readonly ByRepository Own = new(IsDeployment: false);
        public static readonly ByRepository OfDeployment = new(IsDeployment: true);

        public override string? ValueOf(KubeObject item) =>
            StatusOf(item) is { } status && (IsDeployment ? status.DeploymentRepository : status.Repository) is { CloneUrl.Length: > 0 } known
                ? Key(known.CloneUrl)
                : null;
    }
}

using System.Text.Json;
using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Tells whose repository an environment deploys: Argo CD's credentials reach more than one team's.</summary>
internal static class RepositoryUse
{
    /// <summary>The BackendApp of another namespace that the repository belongs to; null where it is nobody else's.</summary>
    public static string? ForeignOwner(ApplicationEnvironment entity, IObjectReader reader)
    {
        var home = entity.Metadata.Namespace ?? "";
        var wanted = Plain(entity.Spec.Source.RepoUrl);

        IReadOnlyList<KubeObject> owners =
        [
            .. reader.List(BackendApp.ResourceKind, ByRepository.Own, wanted),
            .. reader.List(BackendApp.ResourceKind, ByRepository.OfDeployment, wanted),
        ];
        return owners.Count == 0 || owners.Any(app => app.Key.Namespace == home) ? null : owners[0].Key.ToString();
    }

    /// <summary>One spelling for the addresses that lead to one repository.</summary>
    private static string Plain(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? $"{uri.Host}:{(uri.IsDefaultPort ? 443 : uri.Port)}{WithoutSuffix(uri.AbsolutePath.TrimEnd('/'))}".ToLowerInvariant()
            : address;

    private static string WithoutSuffix(string path) =>
        path.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;

    /// <summary>Finds BackendApps by the repository that their status says is theirs.</summary>
    private sealed record ByRepository(bool IsDeployment) : ObjectIndexer
    {
        public static readonly ByRepository Own = new(IsDeployment: false);
        public static readonly ByRepository OfDeployment = new(IsDeployment: true);

        public override string? ValueOf(KubeObject item)
        {
            try
            {
                var status = item.Deserialize(BackendApp.JsonType).Status;
                return (IsDeployment ? status.DeploymentRepository : status.Repository) is { CloneUrl.Length: > 0 } known ? Plain(known.CloneUrl) : null;
            }
            catch (JsonException)
            {
                // An object that cannot be read owns nothing; its own controller says so on it.
                return null;
            }
        }
    }
}

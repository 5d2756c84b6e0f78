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

        // The usual case, without a look at every application: the environment's own BackendApp made the repository.
        if (entity.Metadata.ControllerOwner is { } owner
            && reader.Find(BackendApp.ResourceKind, new ObjectKey(home, owner.Name)) is { } own
            && own.Metadata.Uid == owner.Uid
            && RepositoryOf(own) == wanted)
        {
            return null;
        }

        var owners = reader.List(BackendApp.ResourceKind, "").Where(app => RepositoryOf(app) == wanted).Select(app => app.Key).ToList();
        return owners.Count == 0 || owners.Any(app => app.Namespace == home) ? null : owners[0].ToString();
    }

    private static string? RepositoryOf(KubeObject app)
    {
        try
        {
            return app.Deserialize(BackendApp.JsonType).Status.Repository is { CloneUrl.Length: > 0 } known ? Plain(known.CloneUrl) : null;
        }
        catch (JsonException)
        {
            // An object that cannot be read owns nothing; its own controller says so on it.
            return null;
        }
    }

    /// <summary>One spelling for the addresses that lead to one repository.</summary>
    private static string Plain(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? $"{uri.Host}:{(uri.IsDefaultPort ? 443 : uri.Port)}{WithoutSuffix(uri.AbsolutePath.TrimEnd('/'))}".ToLowerInvariant()
            : address;

    private static string WithoutSuffix(string path) =>
        path.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;
}

using System.Text.Json;
using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Operator.BackendApps;

/// <summary>Finds BackendApps that cannot have a repository because another one has it, or may have it.</summary>
/// <remarks>By the name alone, whoever owns repositories by default: one look too many, at an application of that name elsewhere, does no harm.</remarks>
internal static class RepositoryWaiters
{
    /// <summary>Whether an application has, or wants, other repositories than before; also where it is gone.</summary>
    public static bool HasChanged(KubeObject? before, KubeObject? after) =>
        before is not null && (before.Metadata.Uid != after?.Metadata.Uid || !ClaimsOf(before).SequenceEqual(ClaimsOf(after)));

    /// <summary>The others that want a repository by a name, or hold one by the number, that an application has or wants.</summary>
    public static IEnumerable<ObjectKey> Of(IObjectReader reader, KubeObject app) => ClaimsOf(app)
        .SelectMany(claim => claim.Id > 0
            ? RepositoryHolders.Of(reader, claim.Id)
            : [.. reader.List(BackendApp.ResourceKind, ByName.Own, claim.Name), .. reader.List(BackendApp.ResourceKind, ByName.OfDeployment, claim.Name)])
        .Select(other => other.Key)
        .Where(key => key != app.Key)
        .Distinct();

    private static IReadOnlyList<(long Id, string Name)> ClaimsOf(KubeObject? live) => live is null || Read(live) is not { } app
        ? []
        :
        [
            .. new[] { app.Status.Repository, app.Status.DeploymentRepository }.OfType<RepositoryStatus>()
                .SelectMany(known => (IEnumerable<(long, string)>)[(known.Id, ""), (0, known.Name.ToLowerInvariant())]),
            .. new[] { NameOf(app), DeploymentNameOf(app) }.OfType<string>().Select(name => (0L, name)),
        ];

    private static string NameOf(BackendApp app) => (app.Spec.Repository?.Name ?? app.Metadata.Name).ToLowerInvariant();

    private static string? DeploymentNameOf(BackendApp app) =>
        DeploymentPlan.IsSeparate(app.Spec) ? NameOf(app) + RepositorySpec.DeploymentSuffix : null;

    private static BackendApp? Read(KubeObject live)
    {
        try
        {
            return live.Deserialize(BackendApp.JsonType);
        }
        catch (JsonException)
        {
            // What cannot be read wants nothing before it is mended, and that starts a reconcile.
            return null;
        }
    }

    private sealed record ByName(bool IsDeployment) : ObjectIndexer
    {
        public static readonly ByName Own = new(IsDeployment: false);
        public static readonly ByName OfDeployment = new(IsDeployment: true);

        public override string? ValueOf(KubeObject item) =>
            Read(item) is { } app ? (IsDeployment ? DeploymentNameOf(app) : NameOf(app)) : null;
    }
}

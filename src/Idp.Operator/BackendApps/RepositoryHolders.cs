using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Operator.BackendApps;

/// <summary>Finds BackendApps by the repository that their status says is theirs.</summary>
internal static class RepositoryHolders
{
    /// <summary>All that hold the repository of that number, as their own or as that of their deployment manifests; there should be one.</summary>
    public static IReadOnlyList<KubeObject> Of(IObjectReader objects, long repositoryId)
    {
        var id = Spell(repositoryId);
        return
        [
            .. objects.List(BackendApp.ResourceKind, ByRepositoryId.Own, id),
            .. objects.List(BackendApp.ResourceKind, ByRepositoryId.OfDeployment, id),
        ];
    }

    private static string Spell(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record ByRepositoryId(bool IsDeployment) : ObjectIndexer
    {
        public static readonly ByRepositoryId Own = new(IsDeployment: false);
        public static readonly ByRepositoryId OfDeployment = new(IsDeployment: true);

        public override string? ValueOf(KubeObject item) => IdIn(item) is { } id and > 0 ? Spell(id) : null;

        private long? IdIn(KubeObject item)
        {
            try
            {
                var status = item.Deserialize(BackendApp.JsonType).Status;
                return (IsDeployment ? status.DeploymentRepository : status.Repository)?.Id;
            }
            catch (JsonException)
            {
                // A spec that cannot be read does not take away what status holds.
                var repository = (item.ToJson()["status"] as JsonObject)?[IsDeployment ? "deploymentRepository" : "repository"] as JsonObject;
                return repository?["id"] is JsonValue value && value.TryGetValue(out long id) ? id : null;
            }
        }
    }
}

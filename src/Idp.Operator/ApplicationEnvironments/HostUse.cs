using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Tells which team has a host: a pattern may be granted to several, but a host is one's.</summary>
/// <remarks>Who has it is what status says, which only the operator writes: so nobody gets a host by being older, or by asking for it.</remarks>
internal static class HostUse
{
    private static readonly ObjectIndexer ByHost = new EnvironmentIndexer(entity => entity.Spec.Host);
    private static readonly ObjectIndexer ByAddress = new EnvironmentIndexer(HostOf);

    /// <summary>The environment of another namespace that has the host which the manifest asks for; null where none has.</summary>
    public static string? Holder(ApplicationEnvironment entity, IObjectReader reader) => entity.Spec.Host is { } host
        ? reader.List(ApplicationEnvironment.ResourceKind, ByAddress, host)
            .FirstOrDefault(other => other.Key.Namespace != entity.Metadata.Namespace && (HostOf(entity) != host || IsOlder(other.Metadata, entity.Metadata)))?
            .Key.ToString()
        : null;

    /// <summary>Whether an environment has another host than before.</summary>
    public static bool HasChanged(KubeObject? before, KubeObject? after) => HostOf(before) != HostOf(after);

    /// <summary>The environments that ask for the host that an environment has.</summary>
    public static IEnumerable<ObjectKey> Askers(IObjectReader reader, KubeObject environment) => HostOf(environment) is { } host
        ? reader.List(ApplicationEnvironment.ResourceKind, ByHost, host).Select(asker => asker.Key).Where(asker => asker != environment.Key)
        : [];

    private static string? HostOf(ApplicationEnvironment entity) => entity.Status.Url?.Split("://")[^1];

    private static string? HostOf(KubeObject? live) => live is null ? null : ByAddress.ValueOf(live);

    // Only where two were carried out at the same moment.
    private static bool IsOlder(ObjectMeta one, ObjectMeta other) =>
        (one.CreationTimestamp ?? default, one.Uid).CompareTo((other.CreationTimestamp ?? default, other.Uid)) < 0;
}

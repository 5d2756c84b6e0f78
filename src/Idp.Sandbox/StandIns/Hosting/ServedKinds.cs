using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Sandbox.World;

namespace Idp.Sandbox.StandIns.Hosting;

/// <summary>Knows by discovery what the API server calls a kind in URLs, and whether its status is a subresource.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api</remarks>
internal sealed class ServedKinds(Kubectl kubectl)
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, ServedKind>> _versions =
        new(StringComparer.Ordinal);

    /// <summary>The kind, or null where the server does not serve it; a miss is asked for again each time.</summary>
    public async Task<ServedKind?> FindAsync(string apiVersion, string kind, CancellationToken cancellationToken)
    {
        if (_versions.TryGetValue(apiVersion, out var known) && known.TryGetValue(kind, out var served))
        {
            return served;
        }

        var read = await ReadAsync(apiVersion, cancellationToken);
        _versions[apiVersion] = read;
        return read.GetValueOrDefault(kind);
    }

    /// <summary>Every kind whose objects can be listed, each in the version that its group prefers.</summary>
    public async Task<IReadOnlyList<ResourceKind>> ListableAsync(CancellationToken cancellationToken)
    {
        var groups = JsonNode.Parse(await kubectl.RawAsync("/apis", cancellationToken) ?? "{}");
        var versions = groups.ObjectsAt("groups").Select(group => group.TextAt("preferredVersion", "groupVersion") ?? "");
        var found = new List<ResourceKind>();
        foreach (var version in versions.Prepend("v1"))
        {
            var kinds = await ReadAsync(version, cancellationToken);
            found.AddRange(kinds.Values.Where(served => served.IsListable).Select(served => served.Kind));
        }

        return found;
    }

    private async Task<IReadOnlyDictionary<string, ServedKind>> ReadAsync(
        string apiVersion, CancellationToken cancellationToken)
    {
        var path = apiVersion.Contains('/', StringComparison.Ordinal) ? $"/apis/{apiVersion}" : $"/api/{apiVersion}";
        if (await kubectl.RawAsync(path, cancellationToken) is not { } text)
        {
            return new Dictionary<string, ServedKind>();
        }

        var list = JsonNode.Parse(text);
        var names = list.ObjectsAt("resources").Select(item => item.TextAt("name") ?? "").ToHashSet(StringComparer.Ordinal);
        return list.ObjectsAt("resources")
            .Where(item => item.TextAt("name")?.Contains('/', StringComparison.Ordinal) == false)
            .ToDictionary(item => item.TextAt("kind") ?? "", item => Read(apiVersion, item, names), StringComparer.Ordinal);
    }

    private static ServedKind Read(string apiVersion, JsonObject item, HashSet<string> names)
    {
        var parts = apiVersion.Split('/');
        var plural = item.TextAt("name") ?? "";
        var kind = new ResourceKind(
            parts.Length == 2 ? parts[0] : "",
            parts[^1],
            item.TextAt("kind") ?? "",
            plural,
            item.FlagAt(true, "namespaced"));
        return new ServedKind(kind, names.Contains($"{plural}/status"), item.TextsAt("verbs").Contains("list"));
    }
}

/// <summary>A kind as the server serves it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="HasStatus">Whether its status is written through a subresource.</param>
/// <param name="IsListable">Whether its objects can be listed.</param>
internal sealed record ServedKind(ResourceKind Kind, bool HasStatus, bool IsListable);

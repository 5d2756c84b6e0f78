using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>The changes that a controller may care about.</summary>
public static class Predicates
{
    /// <summary>What a user can change: spec (by generation), labels, annotations, finalizers, owners, deletion.</summary>
    /// <remarks>A kind that does not count generations, such as ConfigMap, is compared as a whole.</remarks>
    public static bool DesiredState(KubeObject? before, KubeObject? after)
    {
        if (before is null || after is null || before.Metadata.Uid != after.Metadata.Uid)
        {
            return true;
        }

        var (old, now) = (before.Metadata, after.Metadata);
        return old.Generation != now.Generation
            || old.IsDeleting != now.IsDeleting
            || !old.Finalizers.SequenceEqual(now.Finalizers)
            || !old.OwnerReferences.SequenceEqual(now.OwnerReferences)
            || !SameEntries(old.Labels, now.Labels)
            || !SameEntries(old.Annotations, now.Annotations)
            || (now.Generation == 0 && AnyChange(before, after));
    }

    /// <summary>Every change but the server's bookkeeping: resource version and managed fields.</summary>
    public static bool AnyChange(KubeObject? before, KubeObject? after) =>
        before is null
        || after is null
        || (!before.Utf8Json.Span.SequenceEqual(after.Utf8Json.Span)
            && !JsonNode.DeepEquals(WithoutBookkeeping(before), WithoutBookkeeping(after)));

    private static JsonObject WithoutBookkeeping(KubeObject live)
    {
        var json = live.Content();
        json["metadata"]!.AsObject().Remove("resourceVersion");
        return json;
    }

    private static bool SameEntries(
        IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        left.Count == right.Count
        && left.All(entry => right.TryGetValue(entry.Key, out var value) && value == entry.Value);
}

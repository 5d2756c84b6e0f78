using System.Text.Json;
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

        return !SameButFinalizers(before, after)
            || !before.Metadata.Finalizers.SequenceEqual(after.Metadata.Finalizers)
            || (after.Metadata.Generation == 0 && AnyChange(before, after));
    }

    /// <summary>Every change but the server's bookkeeping: resource version and managed fields.</summary>
    public static bool AnyChange(KubeObject? before, KubeObject? after) => Differ(before, after, without: "");

    /// <summary>Every change but of the status and of the server's bookkeeping, for what is in use as soon as it is there.</summary>
    /// <remarks>A quota counts in its status what pods use: that changes all the time, and nobody here reads it.</remarks>
    public static bool AnyChangeButStatus(KubeObject? before, KubeObject? after) => Differ(before, after, without: "status");

    /// <summary>Where a label begins, ends or changes, on whatever object of that name.</summary>
    public static ChangePredicate Label(string name) => (before, after) =>
        before?.Metadata.Labels.GetValueOrDefault(name) != after?.Metadata.Labels.GetValueOrDefault(name);

    /// <summary>Changes that a field manager did not make itself, as the fields tell that everybody else has; what is gone was somebody's doing.</summary>
    /// <remarks>For what many reconciles share: the write of one is no news to the others, and must not end their pauses.</remarks>
    public static ChangePredicate ByOthersThan(string manager) => (before, after) =>
        after is null || !FieldsOfOthers(before, manager).SequenceEqual(FieldsOfOthers(after, manager));

    /// <summary>Where an object is gone, or is another one of that name.</summary>
    public static bool Gone(KubeObject? before, KubeObject? after) => before is not null && before.Metadata.Uid != after?.Metadata.Uid;

    /// <summary>Whether nothing but the finalizers differs of what a user can change.</summary>
    internal static bool OnlyFinalizers(KubeObject? before, KubeObject? after) =>
        before is not null && after is not null && before.Metadata.Uid == after.Metadata.Uid && SameButFinalizers(before, after);

    private static IEnumerable<ManagedFieldsEntry> FieldsOfOthers(KubeObject? live, string manager) =>
        live?.ManagedFields.Where(entry => entry.Manager != manager) ?? [];

    private static bool SameButFinalizers(KubeObject before, KubeObject after)
    {
        var (old, now) = (before.Metadata, after.Metadata);
        return old.Generation == now.Generation
            && old.IsDeleting == now.IsDeleting
            && old.OwnerReferences.SequenceEqual(now.OwnerReferences)
            && SameEntries(old.Labels, now.Labels)
            && SameEntries(old.Annotations, now.Annotations);
    }

    private static bool Differ(KubeObject? before, KubeObject? after, string without)
    {
        if (before is null || after is null)
        {
            return true;
        }

        using var old = JsonDocument.Parse(before.Utf8Json);
        using var now = JsonDocument.Parse(after.Utf8Json);
        return !SameMembers(old.RootElement, now.RootElement, without);
    }

    private static bool SameMembers(JsonElement before, JsonElement after, string without)
    {
        var count = 0;
        foreach (var member in before.EnumerateObject().Where(member => !member.NameEquals(without)))
        {
            count++;
            if (!after.TryGetProperty(member.Name, out var now)
                || !(member.NameEquals("metadata") ? SameMembers(member.Value, now, "resourceVersion") : JsonElement.DeepEquals(member.Value, now)))
            {
                return false;
            }
        }

        return count == after.EnumerateObject().Count(member => !member.NameEquals(without));
    }

    private static bool SameEntries(
        IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        left.Count == right.Count
        && left.All(entry => right.TryGetValue(entry.Key, out var value) && value == entry.Value);
}

/// <summary>Says whether a change of a watched object is worth a reconcile.</summary>
/// <param name="before">The object as it was; null where it is new.</param>
/// <param name="after">The object as it is; null where it is gone.</param>
/// <remarks>Called on the way of every event: it must be quick and must not block. At least one of the two is given.</remarks>
public delegate bool ChangePredicate(KubeObject? before, KubeObject? after);

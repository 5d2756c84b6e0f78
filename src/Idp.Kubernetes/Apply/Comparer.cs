using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Says in which places a live object is not as wanted; pure.</summary>
/// <remarks>
/// <para>Guarantees: no difference means that an apply would change nothing: every wanted field is there, is ours, and
/// every field that is ours is still wanted. Fields that others set beside ours are no difference.</para>
/// <para>
/// That wanted fields must be ours, not only there, catches what values cannot show: a field that we leave out of an
/// element of an atomic list, or of a map that is owned as a whole, may be somebody else's.
/// </para>
/// <para>
/// Of what is owned as a whole (elements of atomic lists, and atomic maps such as a RoleBinding's <c>roleRef</c>) the managed fields
/// say no more than that. So what is there beyond what is wanted counts as ours of before: a default that the server filled in cannot
/// be told from it by looking. Whoever wants such an element best says all of it; for who does not, an apply tells, and
/// <see cref="ApplyHistory"/> remembers what it left.
/// </para>
/// </remarks>
public static class Comparer
{
    /// <summary>Compares.</summary>
    /// <param name="desired">The whole intent; a null counts as not wanted.</param>
    /// <param name="live">The object as it is, with its managed fields.</param>
    /// <param name="fieldManager">Who we are.</param>
    /// <param name="subresource">Such as <c>status</c>: what the intent is applied to; null for the object itself.</param>
    /// <returns>The differences; none when there is nothing to do.</returns>
    public static IReadOnlyList<Difference> Compare(JsonObject desired, KubeObject live, string fieldManager, string? subresource = null)
    {
        var actual = live.Content();
        var differences = new List<Difference>();
        var owned = FieldSet.Find(live, fieldManager, subresource);
        if (owned is null)
        {
            differences.Add(new Difference("", DifferenceKind.NotOwned));
        }

        new WantedWalk(differences).Object("", desired, actual, owned ?? FieldSet.Unknown);
        if (owned is not null)
        {
            new OwnedWalk(differences).Object("", owned, desired, actual);
        }

        return differences;
    }
}

/// <summary>One place in which a live object is not as wanted.</summary>
/// <param name="Path">Such as <c>spec.ports[port=80].targetPort</c>.</param>
/// <param name="Kind">What is different.</param>
public sealed record Difference(string Path, DifferenceKind Kind)
{
    /// <summary>What is there; null where nothing is.</summary>
    public JsonNode? Live { get; init; }

    /// <summary>What is wanted; null where nothing is.</summary>
    public JsonNode? Desired { get; init; }

    /// <summary>Whether it is the same place with the same values; equality of records does not look into JSON.</summary>
    internal bool IsSame(Difference other) => Path == other.Path && Kind == other.Kind
        && JsonNode.DeepEquals(Live, other.Live) && JsonNode.DeepEquals(Desired, other.Desired);

    /// <summary>Returns path and kind; the values are left out, because this goes into logs.</summary>
    public override string ToString() => $"{Path} ({Kind})";
}

/// <summary>How a live object is not as wanted.</summary>
public enum DifferenceKind
{
    /// <summary>A wanted field is not there.</summary>
    Missing,

    /// <summary>A wanted field has another value.</summary>
    Changed,

    /// <summary>A field that we set before is no longer wanted, and still there.</summary>
    NoLongerWanted,

    /// <summary>A wanted field has the right value and is not ours: somebody wrote there.</summary>
    NotOwned,
}

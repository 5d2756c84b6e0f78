using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Apply;

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

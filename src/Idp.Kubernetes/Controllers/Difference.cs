using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Controllers;

/// <summary>One place in which a live object is not as wanted.</summary>
/// <param name="Path">Such as <c>spec.ports[port=80].targetPort</c>.</param>
/// <param name="Kind">What is different.</param>
public sealed record Difference(string Path, DifferenceKind Kind)
{
    /// <summary>What is there; null where nothing is.</summary>
    public JsonNode? Live { get; init; }

    /// <summary>What is wanted; null where nothing is.</summary>
    public JsonNode? Desired { get; init; }

    /// <summary>Returns path and kind; the values are left out, because this goes into logs.</summary>
    public override string ToString() => $"{Path} ({Kind})";
}

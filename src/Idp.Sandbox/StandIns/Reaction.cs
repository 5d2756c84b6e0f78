using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns;

/// <summary>What a stand-in wants to be true after one look at an object.</summary>
internal sealed record Reaction
{
    /// <summary>Nothing to do.</summary>
    public static readonly Reaction None = new();

    /// <summary>The object's whole status; null leaves it as it is.</summary>
    public JsonObject? Status { get; init; }

    /// <summary>Objects that shall exist, each with what it shall look like.</summary>
    public IReadOnlyList<MadeObject> Makes { get; init; } = [];

    /// <summary>When to look again although nothing changed; null for not at all.</summary>
    public TimeSpan? LookAgain { get; init; }
}

/// <summary>An object that a stand-in makes on behalf of the controller it stands for.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Body">The object without status.</param>
/// <param name="Status">The status that it is born with; written only while the object has none.</param>
internal sealed record MadeObject(ResourceKind Kind, JsonObject Body, JsonObject? Status = null);

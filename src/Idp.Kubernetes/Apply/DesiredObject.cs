using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>One object as it shall be: the whole intent, in one place.</summary>
/// <param name="Kind">The object's kind.</param>
/// <param name="Body">The fields that we want, and no others; a null counts as not wanted.</param>
public sealed record DesiredObject(ResourceKind Kind, JsonObject Body)
{
    /// <summary>Whether nothing that comes after it makes sense without it, as with the namespace.</summary>
    public bool Gate { get; init; }

    /// <summary>Whether it stays when it is no longer wanted, as with what holds data.</summary>
    public bool Retain { get; init; }

    /// <summary>Namespace and name.</summary>
    public ObjectKey Key => new((string?)Body["metadata"]?["namespace"] ?? "", (string?)Body["metadata"]?["name"] ?? "");

    /// <summary>Tells one intent from another.</summary>
    internal string Hash() => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Body.ToJsonString())));

    /// <summary>Returns kind, namespace and name.</summary>
    public override string ToString() => $"{Kind} {Key}";
}

/// <summary>Who makes objects, and by which labels the objects are known to be theirs.</summary>
/// <param name="FieldManager">Whose fields they are.</param>
/// <param name="Labels">Every object that we make carries them; a live object without them is somebody else's and is not touched.</param>
/// <remarks>
/// Labels, not uids from an inventory: they are on the object itself, so that they survive a restore, and so that nobody
/// can make us take an object by writing into our status.
/// </remarks>
public sealed record Ownership(string FieldManager, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Whether the object is ours.</summary>
    public bool Owns(ObjectMeta metadata) => MissingOn(metadata) is null;

    /// <summary>The first of our labels that the object does not carry, such as <c>idp.dev/application=shop</c>; null when it is ours.</summary>
    internal string? MissingOn(ObjectMeta metadata) => Labels
        .Where(label => metadata.Labels.GetValueOrDefault(label.Key) != label.Value)
        .OrderBy(label => label.Key, StringComparer.Ordinal)
        .Select(label => $"{label.Key}={label.Value}")
        .FirstOrDefault();
}

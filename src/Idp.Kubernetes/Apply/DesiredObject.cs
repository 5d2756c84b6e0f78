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

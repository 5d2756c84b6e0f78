using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Client;

/// <summary>One request before it is sent.</summary>
internal sealed record Call(HttpMethod Method, ResourceKind Kind, ObjectKey Key)
{
    public const string Json = "application/json";

    public string? Subresource { get; init; }

    public Query Query { get; init; } = new();

    public JsonNode? Body { get; init; }

    public string ContentType { get; init; } = Json;

    public string Accept { get; init; } = Json;

    /// <summary>The address below the server's own.</summary>
    public string Address => Kind.PathOf(Key, Subresource) + Query;

    /// <summary>Namespace and name of a body that is about to be sent.</summary>
    public static ObjectKey KeyOf(JsonObject body)
    {
        var metadata = body["metadata"];
        return new ObjectKey((string?)metadata?["namespace"] ?? "", (string?)metadata?["name"] ?? "");
    }

    /// <summary>The verb and the object, for error messages.</summary>
    public override string ToString()
    {
        var target = string.IsNullOrEmpty(Key.Name) && string.IsNullOrEmpty(Key.Namespace) ? $"{Kind}" : $"{Kind} {Key}";
        return Subresource is null ? $"{Method} {target}" : $"{Method} {target}/{Subresource}";
    }
}

/// <summary>The part of an address after the question mark.</summary>
internal sealed class Query
{
    private readonly StringBuilder _text = new();

    public Query Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}

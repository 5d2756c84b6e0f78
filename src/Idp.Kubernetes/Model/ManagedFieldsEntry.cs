using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Model;

/// <summary>Says that somebody manages fields of an object (<c>metav1.ManagedFieldsEntry</c>).</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management</remarks>
public sealed record ManagedFieldsEntry
{
    /// <summary>The <see cref="Operation"/> of who applies.</summary>
    public const string Apply = "Apply";

    /// <summary>Who.</summary>
    public required string Manager { get; init; }

    /// <summary>How: <c>Apply</c> or <c>Update</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>In which version of the kind the fields are named.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Through which subresource; null for the object itself, and before Kubernetes 1.22.</summary>
    public string? Subresource { get; init; }

    /// <summary>When it was written last, to the second; null where the server does not say.</summary>
    public DateTimeOffset? Time { get; init; }

    internal FieldsV1 Fields { get; init; } = FieldsV1.None;

    /// <summary>The entry as it is sent.</summary>
    internal JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["manager"] = Manager,
            ["operation"] = Operation,
            ["apiVersion"] = ApiVersion,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = Fields.ToJson(),
        };
        if (Subresource is not null)
        {
            json["subresource"] = Subresource;
        }

        if (Time is { } time)
        {
            json["time"] = KubeTimeConverter.Print(time);
        }

        return json;
    }
}

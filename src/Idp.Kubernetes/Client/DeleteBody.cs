using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Client;

/// <summary>The body of a deletion.</summary>
internal static class DeleteBody
{
    public static JsonObject Of(DeleteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var preconditions = new JsonObject();
        if (options.Uid is not null)
        {
            preconditions["uid"] = options.Uid;
        }

        if (options.ResourceVersion is not null)
        {
            preconditions["resourceVersion"] = options.ResourceVersion;
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["propagationPolicy"] = options.Propagation switch
            {
                Propagation.Foreground => "Foreground",
                Propagation.Orphan => "Orphan",
                _ => "Background",
            },
            ["preconditions"] = preconditions,
        };
    }
}

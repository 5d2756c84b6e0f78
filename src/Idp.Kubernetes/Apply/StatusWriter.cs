using System.Text.Json.Nodes;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Apply;

/// <summary>Writes the status of our own kinds: by apply, under a field manager of its own, and only where it differs.</summary>
/// <param name="client">Writes.</param>
/// <param name="writes">Is told what was written.</param>
/// <param name="fieldManager">Whose the status is, such as <c>idp-operator-status</c>.</param>
/// <param name="logger">Is told what differed.</param>
public sealed partial class StatusWriter(KubeClient client, IWriteObserver writes, string fieldManager, ILogger<StatusWriter> logger)
{
    private const string Subresource = "status";

    /// <summary>Writes a status.</summary>
    /// <param name="live">The object as it is known.</param>
    /// <param name="status">The whole status; what we wrote before and is not in it goes.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Whether something was written; false too where the object is gone.</returns>
    /// <remarks>
    /// An object made anew under the same name meanwhile may be given this status (servers ignore the uid here), until its
    /// own reconcile, which follows at once, replaces all of it.
    /// </remarks>
    public async Task<bool> WriteAsync(KubeObject live, JsonObject status, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(live);
        ArgumentNullException.ThrowIfNull(status);
        var body = BodyOf(live, Nulls.Without(status));
        var differences = Comparer.Compare(body, live, fieldManager, Subresource);
        if (differences.Count == 0)
        {
            return false;
        }

        try
        {
            var options = new ApplyOptions { FieldManager = fieldManager, Subresource = Subresource };
            writes.Observe(await ForcedApply.RunAsync(client, live, body, options, cancellationToken));
            LogWritten(live, differences.Count);
            return true;
        }
        catch (NotFoundException)
        {
            return false;
        }
    }

    private static JsonObject BodyOf(KubeObject live, JsonObject status)
    {
        var metadata = new JsonObject { ["name"] = live.Metadata.Name, ["uid"] = live.Metadata.Uid };
        if (live.Kind.Namespaced)
        {
            metadata["namespace"] = live.Metadata.Namespace;
        }

        return new JsonObject
        {
            ["apiVersion"] = live.Kind.ApiVersion,
            ["kind"] = live.Kind.Kind,
            ["metadata"] = metadata,
            ["status"] = status,
        };
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Wrote the status of {Object}, which differed in {Places} places.")]
    private partial void LogWritten(KubeObject @object, int places);
}

using System.Text.Json.Nodes;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Apply;

/// <summary>Writes the status of our own kinds: by apply, under a field manager of its own, and only where it differs.</summary>
public sealed partial class StatusWriter(KubeClient client, IWriteObserver writes, string fieldManager, ILogger<StatusWriter> logger)
{
    private const string Subresource = "status";

    /// <summary>Writes the whole status; what we wrote before and is not in it goes.</summary>
    /// <returns>Whether something was written; false too where the object is gone.</returns>
    /// <remarks>
    /// An object made anew under the same name meanwhile may be given this status (servers ignore the uid here), until its
    /// own reconcile, which follows at once, replaces all of it.
    /// </remarks>
    public async Task<bool> WriteAsync(KubeObject live, JsonObject status, CancellationToken cancellationToken)
    {
        var body = Intent.Nothing(live.Kind, live.Metadata);
        body["status"] = Intent.WithoutNulls(status);
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "Wrote the status of {Object}, which differed in {Places} places.")]
    private partial void LogWritten(KubeObject @object, int places);
}

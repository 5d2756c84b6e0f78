using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Events;

/// <summary>Writes events as the API server wants them.</summary>
/// <remarks>
/// By the core API: through <c>events.k8s.io</c> servers of today let nobody change the note of an event, so that a repeat which
/// says something new would be refused. Both are views of the same objects.
/// https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
/// </remarks>
internal static class EventBody
{
    /// <summary>Events as they are written.</summary>
    public static readonly ResourceKind Kind = new("", "v1", "Event", "events");

    private const int LongestName = 200;
    private const string ClusterNamespace = "default";

    /// <summary>A name that nothing in the event decides, least of all its note.</summary>
    public static ObjectKey NewKey(ObjectReference regarding)
    {
        var name = string.Concat(regarding.Name.Take(LongestName).Select(
            character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '.' ? character : '-'));
        return new ObjectKey(NamespaceOf(regarding), $"{name.Trim('-', '.')}.{Guid.NewGuid().ToString("N")[..16]}".TrimStart('.'));
    }

    public static JsonObject New(ObjectKey key, PendingEvent happened, EventRecorderSettings settings) => new()
    {
        ["apiVersion"] = Kind.ApiVersion,
        ["kind"] = Kind.Kind,
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
        ["eventTime"] = KubeTimeConverter.PrintMicro(happened.At),
        ["reportingComponent"] = settings.ReportingController,
        ["reportingInstance"] = settings.ReportingInstance,
        ["action"] = "Reconcile",
        ["reason"] = happened.Reason,
        ["message"] = happened.Note,
        ["type"] = happened.Type == EventType.Warning ? "Warning" : "Normal",
        ["involvedObject"] = new JsonObject
        {
            ["apiVersion"] = happened.Regarding.ApiVersion,
            ["kind"] = happened.Regarding.Kind,
            ["name"] = happened.Regarding.Name,
            ["uid"] = happened.Regarding.Uid,

            // Old servers want it to be that of the event for cluster-scoped objects too; newer ones allow it.
            ["namespace"] = NamespaceOf(happened.Regarding),
        },
    };

    public static JsonPatch Repeat(EventSeries series, PendingEvent happened)
    {
        var patch = new JsonPatch().Add("/series", new JsonObject
        {
            ["count"] = series.Count,
            ["lastObservedTime"] = KubeTimeConverter.PrintMicro(happened.At),
        });
        return series.Note == happened.Note ? patch : patch.Add("/message", happened.Note);
    }

    private static string NamespaceOf(ObjectReference regarding) =>
        regarding.Namespace.Length == 0 ? ClusterNamespace : regarding.Namespace;
}

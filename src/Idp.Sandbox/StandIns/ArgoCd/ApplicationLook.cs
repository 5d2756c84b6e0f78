using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns.Hosting;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>One look at one Application: what it says, and what can be said of it.</summary>
internal sealed class ApplicationLook
{
    private readonly JsonObject _body;

    public ApplicationLook(KubeObject subject, WorldView view, Moment moment)
    {
        _body = subject.ToJson();
        (Subject, Moment, Spec) = (subject, moment, ApplicationSpec.Read(_body));
        Project = view.Find(ForeignKinds.AppProject, subject.Key with { Name = Spec.Project })?.ToJson();
        Invalid = SpecCheck.Of(Spec, Project);
    }

    public KubeObject Subject { get; }

    public Moment Moment { get; }

    public ApplicationSpec Spec { get; }

    public JsonObject? Project { get; }

    /// <summary>Why the spec is refused; null when it is not.</summary>
    public string? Invalid { get; }

    /// <summary>What the script says shall go wrong.</summary>
    public string? Fault => Moment.FaultOf(Subject);

    public JsonNode? Previous => _body["status"];

    public bool FirstSeen => Previous is not JsonObject { Count: > 0 };

    /// <summary>The operation that somebody asked for by setting <c>operation</c>; null for none.</summary>
    public JsonObject? RequestedOperation => _body["operation"] as JsonObject;

    /// <summary>The status when Git's side is known.</summary>
    public ApplicationStatus Status(string revision, IReadOnlyList<ResourceState> resources) => WithSyncError(new()
    {
        Spec = Spec,
        Previous = Previous,
        Revision = revision,
        Resources = resources,
        Operation = Previous.At("operationState") as JsonObject,
    });

    /// <summary>The status when Git's side cannot be known; what was deployed before stays listed.</summary>
    public ApplicationStatus Unknown(string condition, string message, string? health) => new()
    {
        Spec = Spec,
        Previous = Previous,
        Conditions = [(condition, message)],
        Operation = Previous.At("operationState") as JsonObject,
        HealthOverride = health,
        Resources = [],
    };

    /// <summary>Says that automatic synchronisation has given up on this commit, where it has.</summary>
    public static ApplicationStatus WithSyncError(ApplicationStatus status)
    {
        var failed = status.Operation.TextAt("phase") is "Failed" or "Error";
        var current = status.Operation.TextAt("syncResult", "revision") == status.Revision;
        return status with
        {
            Conditions = failed && current && status.SyncStatus() != "Synced"
                ? [("SyncError", $"Failed last sync attempt to [{status.Revision}]: {status.Operation.TextAt("message")}")]
                : [],
        };
    }
}

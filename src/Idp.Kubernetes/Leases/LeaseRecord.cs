using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Leases;

/// <summary>Reads and writes what a lease says; everything else that is in the object stays.</summary>
internal sealed class LeaseRecord
{
    private readonly JsonObject _lease;

    public LeaseRecord(KubeObject lease)
    {
        _lease = lease.ToJson();
        Version = lease.Metadata.ResourceVersion;
    }

    /// <summary>The version of the lease: another one is a sign of life.</summary>
    public string Version { get; }

    public string Holder => (string?)_lease["spec"]?["holderIdentity"] ?? "";

    public TimeSpan Duration => TimeSpan.FromSeconds((int?)_lease["spec"]?["leaseDurationSeconds"] ?? 0);

    private int Transitions => (int?)_lease["spec"]?["leaseTransitions"] ?? 0;

    /// <summary>A lease that does not exist yet, held by us.</summary>
    public static JsonObject New(LeaderElectionSettings settings, DateTimeOffset now) => new()
    {
        ["apiVersion"] = WellKnownKinds.Lease.ApiVersion,
        ["kind"] = WellKnownKinds.Lease.Kind,
        ["metadata"] = new JsonObject { ["name"] = settings.Name, ["namespace"] = settings.Namespace },
        ["spec"] = new JsonObject
        {
            ["holderIdentity"] = settings.Identity,
            ["leaseDurationSeconds"] = Seconds(settings.LeaseDuration),
            ["acquireTime"] = MicroTime(now),
            ["renewTime"] = MicroTime(now),
            ["leaseTransitions"] = 0,
        },
    };

    /// <summary>The lease held by us; the times in it are for people, nobody reckons with them.</summary>
    public JsonObject Held(LeaderElectionSettings settings, DateTimeOffset now)
    {
        var lease = _lease.DeepClone().AsObject();
        var spec = SpecOf(lease);
        if (Holder != settings.Identity)
        {
            spec["acquireTime"] = MicroTime(now);
            spec["leaseTransitions"] = Transitions + 1;
        }

        spec["holderIdentity"] = settings.Identity;
        spec["leaseDurationSeconds"] = Seconds(settings.LeaseDuration);
        spec["renewTime"] = MicroTime(now);
        return lease;
    }

    /// <summary>The lease held by nobody, and only for another second, so that the next one need not wait.</summary>
    public JsonObject Released(DateTimeOffset now)
    {
        var lease = _lease.DeepClone().AsObject();
        var spec = SpecOf(lease);
        spec["holderIdentity"] = "";
        spec["leaseDurationSeconds"] = 1;
        spec["renewTime"] = MicroTime(now);
        return lease;
    }

    private static JsonObject SpecOf(JsonObject lease)
    {
        if (lease["spec"] is not JsonObject spec)
        {
            lease["spec"] = spec = [];
        }

        return spec;
    }

    private static int Seconds(TimeSpan duration) => (int)Math.Ceiling(duration.TotalSeconds);

    private static string MicroTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

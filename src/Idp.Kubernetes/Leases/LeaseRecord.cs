using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Leases;

/// <summary>Reads and changes what a lease says; everything else that is in the object stays.</summary>
internal sealed class LeaseRecord
{
    private readonly JsonObject _lease;
    private readonly JsonObject _spec;

    public LeaseRecord(KubeObject lease)
    {
        _lease = lease.Content();
        if (_lease["spec"] is not JsonObject spec)
        {
            _lease["spec"] = spec = [];
        }

        _spec = spec;
        Version = lease.Metadata.ResourceVersion;
    }

    /// <summary>The version of the lease: another one is a sign of life.</summary>
    public string Version { get; }

    public string Holder => (string?)_spec["holderIdentity"] ?? "";

    public TimeSpan Duration => TimeSpan.FromSeconds((int?)_spec["leaseDurationSeconds"] ?? 0);

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
            ["acquireTime"] = KubeTimeConverter.PrintMicro(now),
            ["renewTime"] = KubeTimeConverter.PrintMicro(now),
            ["leaseTransitions"] = 0,
        },
    };

    /// <summary>Makes the lease ours; the times in it are for people, nobody reckons with them.</summary>
    public JsonObject Hold(LeaderElectionSettings settings, DateTimeOffset now)
    {
        if (Holder != settings.Identity)
        {
            _spec["acquireTime"] = KubeTimeConverter.PrintMicro(now);
            _spec["leaseTransitions"] = ((int?)_spec["leaseTransitions"] ?? 0) + 1;
        }

        return Keep(settings.Identity, settings.LeaseDuration, now);
    }

    /// <summary>Makes the lease nobody's, and that only for another second, so that the next one need not wait.</summary>
    public JsonObject Release(DateTimeOffset now) => Keep("", TimeSpan.FromSeconds(1), now);

    private JsonObject Keep(string holder, TimeSpan duration, DateTimeOffset now)
    {
        _spec["holderIdentity"] = holder;
        _spec["leaseDurationSeconds"] = Seconds(duration);
        _spec["renewTime"] = KubeTimeConverter.PrintMicro(now);
        return _lease;
    }

    private static int Seconds(TimeSpan duration) => (int)Math.Ceiling(duration.TotalSeconds);
}

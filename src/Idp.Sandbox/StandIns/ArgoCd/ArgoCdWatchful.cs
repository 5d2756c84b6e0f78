using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns.Hosting;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>Argo CD's application controller, as far as one cluster and Git with kustomize go.</summary>
/// <remarks>
/// Real: clones, builds with the Application's images, replicas and patches, applies, prunes, heals, cascades, and
/// judges health; reads private repositories only with a Secret for them. Left out: Helm, hooks and waves, more than one source, other clusters.
/// https://argo-cd.readthedocs.io/en/stable/operator-manual/architecture/
/// </remarks>
internal sealed class ArgoCdWatchful(
    WorldView view, Writer writer, ManifestSource manifests, ApplicationResources resources, StandInOptions settings)
    : IWatchful
{
    public const string StandInName = "argo-cd stand-in";
    public const string TrackingAnnotation = "argocd.argoproj.io/tracking-id";
    private const string RefreshAnnotation = "argocd.argoproj.io/refresh";

    public string Name => StandInName;

    public IReadOnlyList<ResourceKind> Kinds { get; } = [ForeignKinds.Application, ForeignKinds.AppProject, ForeignKinds.Secret];

    public IEnumerable<Subject> ConcernedBy(KubeObject changed)
    {
        if (changed.Kind == ForeignKinds.Application)
        {
            return [new Subject(changed.Kind, changed.Key)];
        }

        if (changed.Kind == ForeignKinds.AppProject || RepositorySecrets.IsOne(changed))
        {
            return All();
        }

        var owner = changed.Metadata.Annotations.GetValueOrDefault(TrackingAnnotation)?.Split(':')[0];
        return owner is null ? [] : All().Where(subject => subject.Key.Name == owner);
    }

    public IEnumerable<Subject> All() =>
        view.List(ForeignKinds.Application).Select(item => new Subject(item.Kind, item.Key));

    /// <summary>The Applications that a repository is the source of.</summary>
    /// <param name="repository">Its full name, such as <c>acme/orders</c>.</param>
    public IEnumerable<Subject> From(string repository) => view.List(ForeignKinds.Application)
        .Where(item => string.Equals(
            ManifestSource.FullName(item.ToJson().TextAt("spec", "source", "repoURL") ?? ""), repository, StringComparison.OrdinalIgnoreCase))
        .Select(item => new Subject(item.Kind, item.Key));

    public async Task<TimeSpan?> LookAsync(KubeObject subject, CancellationToken cancellationToken)
    {
        var moment = new Moment
        {
            Now = settings.Clock.GetUtcNow(),
            Find = view.Find,
            Delay = settings.Delay,
            Faults = settings.Faults,
        };
        var look = new ApplicationLook(subject, view, moment);
        if (subject.Metadata.IsDeleting)
        {
            manifests.Forget(subject.Key.Name);
            return await DeleteAsync(look, cancellationToken);
        }

        var outcome = look.Invalid is { } invalid
            ? new Outcome(look.Unknown("InvalidSpecError", invalid, "Unknown"))
            : await CompareAsync(look, cancellationToken);
        await writer.WriteStatusAsync(subject, outcome.Status.Build(moment), Also(look, outcome), cancellationToken);
        return outcome.Later is { } later && later < manifests.Interval ? later : manifests.Interval;
    }

    private async Task<Outcome> CompareAsync(ApplicationLook look, CancellationToken cancellationToken)
    {
        Manifests target;
        try
        {
            var refresh = look.Subject.Metadata.Annotations.ContainsKey(RefreshAnnotation);
            target = await manifests.LoadAsync(look.Spec, refresh, cancellationToken);
        }
        catch (ManifestException exception)
        {
            var message = "Failed to load target state: failed to generate manifest for source 1 of 1: "
                + $"rpc error: code = Unknown desc = {exception.Message}";
            return new Outcome(look.Unknown("ComparisonError", message, health: null));
        }

        var compared = await resources.CompareAsync(look, target.Objects, cancellationToken);
        var due = SyncOperation.IsDue(look.Spec, look.Previous, target.Revision, compared, look.Moment);
        if (look.Fault is { } fault)
        {
            var failing = look.Status(target.Revision, compared);
            return new Outcome(failing with { HealthOverride = "Degraded", Conditions = [("SyncError", fault)] });
        }

        if (look.RequestedOperation is null && !due.Now)
        {
            return new Outcome(look.Status(target.Revision, compared), due.Later);
        }

        return look.FirstSeen && settings.Delay > TimeSpan.Zero
            ? new Outcome(look.Status(target.Revision, compared), settings.Delay)
            : await SyncAsync(look, target, compared, cancellationToken);
    }

    private async Task<Outcome> SyncAsync(
        ApplicationLook look, Manifests target, IReadOnlyList<ResourceState> compared, CancellationToken cancellationToken)
    {
        var operation = look.RequestedOperation ?? new JsonObject
        {
            ["sync"] = new JsonObject { ["revision"] = target.Revision, ["prune"] = look.Spec.Prune },
            ["initiatedBy"] = new JsonObject { ["automated"] = true },
        };
        var results = await resources.SyncAsync(look, compared, operation, cancellationToken);
        var state = SyncOperation.Finished(
            look.Spec, look.Previous, target.Revision, operation, results, look.Moment);
        var after = await resources.CompareAsync(look, target.Objects, cancellationToken);
        var status = look.Status(target.Revision, after) with { Operation = state };
        return new Outcome(ApplicationLook.WithSyncError(status), TimeSpan.FromSeconds(1));
    }

    private async Task<TimeSpan?> DeleteAsync(ApplicationLook look, CancellationToken cancellationToken)
    {
        if (!ApplicationSpec.Cascades(look.Subject.Metadata))
        {
            return null;
        }

        if (look.Invalid is { } invalid)
        {
            var status = look.Unknown("DeletionError", invalid, health: null);
            await writer.WriteStatusAsync(look.Subject, status.Build(look.Moment), cancellationToken);
            return null;
        }

        if (await resources.DeleteAllAsync(look, cancellationToken) > 0)
        {
            return TimeSpan.FromSeconds(1);
        }

        await writer.RemoveFinalizersAsync(look.Subject, ApplicationSpec.IsCascade, cancellationToken);
        return null;
    }

    // The refresh annotation and the requested operation are used up by the look that answers them.
    private static JsonPatch Also(ApplicationLook look, Outcome outcome)
    {
        var patch = new JsonPatch();
        if (look.Subject.Metadata.Annotations.ContainsKey(RefreshAnnotation))
        {
            patch.Remove($"/metadata/annotations/{JsonPatch.Escape(RefreshAnnotation)}");
        }

        if (look.RequestedOperation is not null && outcome.Status.Operation is not null)
        {
            patch.Remove("/operation");
        }

        return patch;
    }

    private sealed record Outcome(ApplicationStatus Status, TimeSpan? Later = null);
}

using System.Text.Json.Nodes;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Apply;

/// <summary>Brings one object to what is wanted.</summary>
internal sealed partial class ApplierWriter(
    KubeClient client,
    IObjectReader reader,
    IWriteObserver writes,
    ApplyHistory history,
    ILogger logger)
{
    private const int Attempts = 3;

    // Two owners may want the same name at once. They share the field manager, so the server would let the second overwrite
    // the first: between looking and creating, nobody else of us may create the same.
    private readonly SemaphoreSlim[] _creating = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Applies one object; a refusal is in the result, not thrown.</summary>
    /// <param name="owner">Who we are.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="inNewNamespace">Whether its namespace was made in this very pass: then nobody else's object is looked for.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    public async Task<AppliedObject> ApplyAsync(
        Ownership owner, DesiredObject wanted, bool inNewNamespace, CancellationToken cancellationToken)
    {
        if (!reader.IsServed(wanted.Kind))
        {
            return new AppliedObject(wanted, ApplyOutcome.DependencyMissing, null, $"the server does not serve {wanted.Kind}");
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var live = attempt == 1
                    ? reader.Find(wanted.Kind, wanted.Key)
                    : await client.FindAsync(wanted.Kind, wanted.Key, cancellationToken);
                return live is null
                    ? await CreateAsync(owner, wanted, inNewNamespace, cancellationToken)
                    : await UpdateAsync(owner, wanted, live, cancellationToken);
            }
            catch (ConflictException) when (attempt < Attempts)
            {
                // The world is not as memory has it: look at the server's own.
            }
            catch (KubeException refusal)
            {
                return Refused(wanted, refusal);
            }
        }
    }

    // What came about a blink ago, or comes about in a new namespace by itself (some policy engines do that), is safe: the apply
    // does not force, and is taken back where the object turns out to have other managers.
    private async Task<AppliedObject> CreateAsync(
        Ownership owner, DesiredObject wanted, bool inNewNamespace, CancellationToken cancellationToken)
    {
        var turn = _creating[(uint)HashCode.Combine(wanted.Kind, wanted.Key) % _creating.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var isKnown = inNewNamespace || reader.HoldsAll(wanted.Kind);
            if ((isKnown ? reader.Find(wanted.Kind, wanted.Key) : await client.FindAsync(wanted.Kind, wanted.Key, cancellationToken)) is { } live)
            {
                return await UpdateAsync(owner, wanted, live, cancellationToken);
            }

            var body = Intent.WithoutNulls(wanted.Body);
            var applied = await client.ApplyAsync(wanted.Kind, body, new ApplyOptions { FieldManager = owner.FieldManager }, cancellationToken);
            if (!applied.Created && OtherManager(applied.Object, owner.FieldManager) is { } other)
            {
                return await HandBackAsync(owner, wanted, applied.Object, other, cancellationToken);
            }

            LogCreated(wanted);
            return Written(owner, wanted, ApplyOutcome.Created, applied.Object);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<AppliedObject> UpdateAsync(
        Ownership owner, DesiredObject wanted, KubeObject live, CancellationToken cancellationToken)
    {
        if (owner.MissingOn(live.Metadata) is { } label)
        {
            return Foreign(owner, wanted, live, $"it does not carry the label {label}");
        }

        if (live.Metadata.IsDeleting)
        {
            return new AppliedObject(wanted, ApplyOutcome.Terminating, live, Inventory.Waits(live));
        }

        var intent = ForeignFinalizers.Kept(wanted.Body, live);
        var differences = Comparer.Compare(intent, live, owner.FieldManager);
        if (differences.Count == 0 || history.IsFutile(wanted, live, differences))
        {
            return history.Drift.Watching(wanted, live) ?? new AppliedObject(wanted, ApplyOutcome.Unchanged, live, "");
        }

        return history.Drift.Holding(wanted, live)
            ?? await CorrectAsync(owner, wanted, live, intent, differences, cancellationToken);
    }

    private async Task<AppliedObject> CorrectAsync(
        Ownership owner,
        DesiredObject wanted,
        KubeObject live,
        JsonObject intent,
        IReadOnlyList<Difference> differences,
        CancellationToken cancellationToken)
    {
        // With the uid the server refuses to make anew what was deleted meanwhile, or to write to a successor.
        var body = Intent.WithoutNulls(intent);
        body["metadata"]!["uid"] = live.Metadata.Uid;
        var options = new ApplyOptions { FieldManager = owner.FieldManager };
        var applied = await ForcedApply.RunAsync(client, live, body, options, cancellationToken);
        if (applied.Metadata.ResourceVersion == live.Metadata.ResourceVersion)
        {
            return Written(owner, wanted, ApplyOutcome.Unchanged, applied);
        }

        LogUpdated(wanted, new Joined(differences));
        var written = Written(owner, wanted, ApplyOutcome.Updated, applied);
        return history.Drift.Corrected(wanted, live, applied, differences, owner.FieldManager) ?? written;
    }

    private AppliedObject Written(Ownership owner, DesiredObject wanted, ApplyOutcome outcome, KubeObject result)
    {
        writes.Observe(result);
        if (Comparer.Compare(ForeignFinalizers.Kept(wanted.Body, result), result, owner.FieldManager) is { Count: > 0 } left)
        {
            history.Note(wanted, result, left);
            LogNotKept(wanted, new Joined(left));
        }

        return new AppliedObject(wanted, outcome, result, "");
    }

    // Somebody made it in the blink between looking and creating: our fields go again, theirs stay.
    private async Task<AppliedObject> HandBackAsync(
        Ownership owner, DesiredObject wanted, KubeObject live, string other, CancellationToken cancellationToken)
    {
        var nothing = Intent.Nothing(wanted.Kind, live.Metadata);
        var options = new ApplyOptions { FieldManager = owner.FieldManager };
        var given = await client.ApplyAsync(wanted.Kind, nothing, options, cancellationToken);
        return Foreign(owner, wanted, given.Object, $"{other} made it");
    }

    private static AppliedObject Foreign(Ownership owner, DesiredObject wanted, KubeObject live, string why) => new(
        wanted,
        ApplyOutcome.Conflict,
        live,
        $"the {wanted} exists already and belongs to {OtherManagers.OwnerOf(live, owner)}: {why}");

    // Ours too is what a leader before us made a blink ago, its status included.
    private static string? OtherManager(KubeObject live, string fieldManager) => OtherManagers.Of(live)
        .FirstOrDefault(manager => manager != fieldManager && !manager.StartsWith(fieldManager + "-", StringComparison.Ordinal));

    private static AppliedObject Refused(DesiredObject wanted, KubeException refusal)
    {
        var outcome = refusal switch
        {
            KindNotFoundException or NotFoundException => ApplyOutcome.DependencyMissing,
            _ when refusal.Status.HasCause("NamespaceTerminating") => ApplyOutcome.Terminating,
            ConflictException => ApplyOutcome.Skipped,
            _ => ApplyOutcome.Failed,
        };
        return new AppliedObject(wanted, outcome, null, refusal.Message) { Error = refusal };
    }

    // Printed only when it is logged.
    private readonly record struct Joined(IReadOnlyList<Difference> Differences)
    {
        public override string ToString() => string.Join(", ", Differences);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Created {Object}.")]
    private partial void LogCreated(DesiredObject @object);

    [LoggerMessage(Level = LogLevel.Information, Message = "Updated {Object}: {Differences}.")]
    private partial void LogUpdated(DesiredObject @object, Joined differences);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server keeps {Object} otherwise than it was applied: {Differences}.")]
    private partial void LogNotKept(DesiredObject @object, Joined differences);
}

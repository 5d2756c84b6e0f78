using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Reporting;
using Idp.Operator.Settings;

namespace Idp.Operator.BackendApps;

/// <summary>Gives turns to applications whose golden path has a newer version; safe for many threads.</summary>
/// <remarks>
/// All applications are looked at every few seconds, and only while one of them asks. Who has got a turn counts as offered at once, so that of many
/// that ask at the same time no more get one than may.
/// </remarks>
public sealed class RolloutTurns(IObjectReader objects, PlatformSettingsSource settings, GoldenPathSource goldenPaths, TimeProvider clock)
{
    private static readonly TimeSpan Serves = TimeSpan.FromSeconds(5);

    /// <summary>How long a turn counts before status tells of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (RenderedFor Target, DateTimeOffset At)> _begun = new(StringComparer.Ordinal);
    private Rollout _rollout = Rollout.Of(new RolloutSettings(), []);
    private DateTimeOffset _from = DateTimeOffset.MinValue;

    /// <summary>Takes the turn of an application, or says why it has not come.</summary>
    public Problem? Take(string uid, RenderedFor target)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _from >= Serves || !_rollout.Knows(uid, target))
            {
                Refresh(now);
            }

            if (_rollout.Waits(uid, target, now) is { } problem)
            {
                return problem;
            }

            _begun[uid] = (target, now);
            _rollout.Begin(uid, target, now);
            return null;
        }
    }

    private void Refresh(DateTimeOffset now)
    {
        var (platform, catalog) = (settings.Current, goldenPaths.Current);
        var members = objects.List(BackendApp.ResourceKind).Select(live => MemberOf(live, platform, catalog)).OfType<RolloutMember>().ToList();
        (_rollout, _from) = (Rollout.Of(platform.GoldenPaths.Rollout, members), now);
        var known = members.ToDictionary(member => member.Uid, member => member.Known);
        foreach (var (uid, turn) in _begun.ToList())
        {
            var isTold = known.GetValueOrDefault(uid) is { } status && (status.Version == turn.Target.Version || status.Update?.Version == turn.Target.Version);
            if (isTold || now - turn.At > Patience)
            {
                _begun.Remove(uid);
            }
            else
            {
                _rollout.Begin(uid, turn.Target, turn.At);
            }
        }
    }

    private RolloutMember? MemberOf(KubeObject live, PlatformSettings platform, GoldenPathCatalog catalog)
    {
        if (AppIndexer.Read(live) is not { } app || app.Spec.Suspend || app.Metadata.DeletionTimestamp is not null)
        {
            return null;
        }

        var home = objects.Find(WellKnownKinds.Namespace, new ObjectKey("", live.Key.Namespace));
        var resolved = ResolvedApp.Of(app, platform, home?.Metadata.Labels.GetValueOrDefault(Labels.Team));
        return new RolloutMember(
            app.Metadata.Uid,
            resolved.Template,
            catalog.Find(resolved.Template, resolved.TemplateVersions)?.Version,
            resolved.Team,
            resolved.Environments.Select(environment => environment.Stage).DefaultIfEmpty(Stage.Development).Max(),
            app.Metadata.Labels,
            app.Status.Repository?.Template);
    }
}

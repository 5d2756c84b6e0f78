using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.Hosting;

/// <summary>Makes what a pure reactor wants to be true: compares first, so that an idle world costs no write.</summary>
internal sealed class ReactorWatchful(IReactor reactor, WorldView view, Writer writer, StandInOptions settings) : IWatchful
{
    public string Name => reactor.Name;

    public IReadOnlyList<ResourceKind> Kinds { get; } = [.. reactor.Subjects.Concat(reactor.Surroundings).Distinct()];

    public IEnumerable<Subject> ConcernedBy(KubeObject changed) => Kinds.Contains(changed.Kind)
        ? reactor.Subjects.SelectMany(kind => view.List(kind, changed.Key.Namespace)).Select(NameOf)
        : [];

    public IEnumerable<Subject> All() => reactor.Subjects.SelectMany(kind => view.List(kind)).Select(NameOf);

    public async Task<TimeSpan?> LookAsync(KubeObject subject, CancellationToken cancellationToken)
    {
        var reaction = reactor.React(subject, new Moment
        {
            Now = settings.Clock.GetUtcNow(),
            Find = view.Find,
            Delay = settings.Delay,
            Faults = settings.Faults,
        });
        foreach (var made in reaction.Makes)
        {
            await MakeAsync(made, cancellationToken);
        }

        if (reaction.Status is { } status)
        {
            await writer.WriteStatusAsync(subject, status, cancellationToken);
        }

        return reaction.LookAgain;
    }

    private async Task MakeAsync(MadeObject made, CancellationToken cancellationToken)
    {
        var key = new ObjectKey(
            made.Body.TextAt("metadata", "namespace") ?? "", made.Body.TextAt("metadata", "name") ?? "");
        var live = view.Find(made.Kind, key);
        if (live is null && made.Status is not null)
        {
            await writer.CreateAsync(made, cancellationToken);
            return;
        }

        if (live is null || !Likeness.Covers(live.ToJson(), made.Body))
        {
            live = await writer.ApplyAsync(made.Kind, made.Body, cancellationToken);
        }

        if (made.Status is { } status && live.ToJson()["status"] is not JsonObject { Count: > 0 })
        {
            await writer.WriteStatusAsync(live, status, cancellationToken);
        }
    }

    private static Subject NameOf(KubeObject item) => new(item.Kind, item.Key);
}

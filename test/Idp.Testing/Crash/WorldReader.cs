using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.Hosting;

namespace Idp.Testing.Crash;

/// <summary>Reads all that there is because of one application: every object of every kind that is served, and every repository.</summary>
/// <remarks>
/// Nothing is looked for by label: what was there before the first application, and what other applications of the run
/// left behind, is all that is left out. So whatever the operator loses track of still shows.
/// </remarks>
internal sealed class WorldReader
{
    private static readonly string[] Unread =
    [
        "Lease",           // renewed by the clock
        "Event",           // told apart below
        "ComponentStatus", // no object
    ];

    private readonly KubeClient _client;
    private readonly IReadOnlyList<ResourceKind> _kinds;
    private readonly RepositoryReader _repositories;
    private HashSet<string> _before = [];

    private WorldReader(Sandbox.World.Sandbox sandbox, IReadOnlyList<ResourceKind> kinds)
    {
        _client = sandbox.Client;
        _kinds = kinds;
        _repositories = new RepositoryReader(Path.Combine(sandbox.Directory, "github", "repositories"));
    }

    /// <summary>Finds out what is served, and what there is before any application.</summary>
    public static async Task<WorldReader> StartAsync(Sandbox.World.Sandbox sandbox, CancellationToken cancellationToken)
    {
        var served = await new ServedKinds(sandbox.Kubectl).ListableAsync(cancellationToken);

        // Old servers serve Ingress in two groups.
        var kinds = served.Where(kind => kind.Group != "extensions" && !Unread.Contains(kind.Kind)).ToList();
        var reader = new WorldReader(sandbox, kinds);
        reader._before = (await reader.ListAsync(cancellationToken)).Select(item => item.Metadata.Uid).ToHashSet(StringComparer.Ordinal);
        return reader;
    }

    /// <summary>What there is now because of the application.</summary>
    public async Task<WorldSnapshot> ReadAsync(CrashApp app, CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken);
        var objects = all.Where(item => !_before.Contains(item.Metadata.Uid) && IsDueTo(app, item.Key)).ToList();
        var repositories = _repositories.List(app);
        var form = new CanonicalForm(app.Name, await KnownAsync(app, all, repositories, cancellationToken));
        var things = objects.Select(item => new Thing(form.Text($"{item.Kind.Kind} {item.Key}"), form.Of(Whole(item)))).ToList();
        foreach (var repository in repositories)
        {
            things.Add(_repositories.Read(repository, form));
        }

        things.AddRange(await DoubledEventsAsync(app, form, cancellationToken));
        return new WorldSnapshot(things);
    }

    private static bool IsDueTo(CrashApp app, ObjectKey key) => $"{key}" is var name
        && (name.Contains(app.Name, StringComparison.Ordinal) || !CrashApp.Names(name));

    // Lists leave these out of their items.
    private static JsonObject Whole(KubeObject item)
    {
        var json = item.ToJson();
        json["apiVersion"] = item.Kind.ApiVersion;
        json["kind"] = item.Kind.Kind;
        return json;
    }

    private async Task<IReadOnlyDictionary<string, string>> KnownAsync(
        CrashApp app, IReadOnlyList<KubeObject> objects, IReadOnlyList<JsonObject> repositories, CancellationToken cancellationToken)
    {
        var plain = new CanonicalForm(app.Name, new Dictionary<string, string>());
        var known = objects.ToDictionary(
            item => item.Metadata.Uid, item => plain.Text($"<uid of {item.Kind.Kind} {item.Key}>"), StringComparer.Ordinal);
        foreach (var repository in repositories)
        {
            var name = plain.Text(repository.TextAt("name") ?? "");
            known[$"{repository.NumberAt(0, "id")}"] = $"<id of {name}>";
            foreach (var (branch, sha) in _repositories.Branches(repository))
            {
                known[sha] = $"<{branch} of {name}>";
            }
        }

        return known;
    }

    // An event that was told need not be told again by the next operator, which cannot know of it but by what is written down.
    private async Task<IEnumerable<Thing>> DoubledEventsAsync(CrashApp app, CanonicalForm form, CancellationToken cancellationToken)
    {
        var options = new ListOptions { Namespace = app.Team };
        var events = (await ListAsync(WellKnownKinds.Event, options, cancellationToken)).Select(item => item.ToJson());
        return from item in events
               let regarding = $"{item.TextAt("regarding", "kind")} {item.TextAt("regarding", "name")}"
               group item by $"{regarding} {item.TextAt("type")} {item.TextAt("reason")}: {item.TextAt("note")}" into alike
               where alike.Count() > 1
               select new Thing($"Event told {alike.Count()} times: {form.Text(alike.Key)}", new Dictionary<string, string>());
    }

    private async Task<IReadOnlyList<KubeObject>> ListAsync(CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(_kinds.Select(kind => ListAsync(kind, new ListOptions(), cancellationToken)));
        return [.. lists.SelectMany(list => list)];
    }

    private async Task<IReadOnlyList<KubeObject>> ListAsync(ResourceKind kind, ListOptions options, CancellationToken cancellationToken)
    {
        var found = new List<KubeObject>();
        await foreach (var item in _client.ListAsync(kind, options, cancellationToken))
        {
            found.Add(item);
        }

        return found;
    }
}

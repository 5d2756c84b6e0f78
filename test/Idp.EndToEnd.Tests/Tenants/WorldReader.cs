using System.Globalization;
using System.Security.Cryptography;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns.Hosting;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>Reads everything that is not the attacker's, byte by byte: every object of every kind that is served, and every repository.</summary>
/// <remarks>
/// Nothing is looked for by label or owner: whatever the operator makes, changes or deletes shows, wherever it is. An object's resource version
/// is among its bytes, so a write that was undone shows too.
/// </remarks>
internal sealed class WorldReader
{
    private static readonly string[] Unread =
    [
        "Lease",           // renewed by the clock
        "ComponentStatus", // no object
    ];

    private readonly KubeClient _client;
    private readonly string _gitHub;
    private readonly IReadOnlyList<ResourceKind> _kinds;

    private WorldReader(Sandbox.World.Sandbox sandbox, IReadOnlyList<ResourceKind> kinds)
    {
        (_client, _kinds) = (sandbox.Client, kinds);
        _gitHub = Path.Combine(sandbox.Directory, "github");
    }

    /// <summary>Finds out what is served.</summary>
    public static async Task<WorldReader> StartAsync(Sandbox.World.Sandbox sandbox)
    {
        var served = await new ServedKinds(sandbox.Kubectl).ListableAsync(CancellationToken.None);

        // Old servers serve Ingress in two groups, and all serve Event in two.
        return new WorldReader(sandbox, [.. served.Where(kind =>
            kind.Group != "extensions" && !Unread.Contains(kind.Kind) && (kind.Kind, kind.Group) != ("Event", ""))]);
    }

    /// <summary>Waits until nobody writes any more.</summary>
    public async Task UntilStillAsync(Watching watching)
    {
        var last = await ReadClusterAsync(_ => false);
        await watching.UntilAsync(
            "a world that stands still",
            async () =>
            {
                var now = await ReadClusterAsync(_ => false);
                var isStill = Difference(last, now).Count == 0;
                last = now;
                return isStill;
            },
            TimeSpan.FromSeconds(1));
    }

    /// <summary>Every object but those that somebody made for himself.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadClusterAsync(Func<KubeObject, bool> isLeftOut)
    {
        var lists = await Task.WhenAll(_kinds.Select(ListAsync));
        return lists.SelectMany(list => list)
            .Where(item => !isLeftOut(item))
            .ToDictionary(item => $"{item.Kind.Kind}.{item.Kind.Group} {item.Key}", item => item.ToJson().ToJsonString(), StringComparer.Ordinal);
    }

    /// <summary>Every repository, whoever made it: settings, and every file of Git's. The references as they are, objects by name and size.</summary>
    /// <param name="isLeftOut">Whether a repository of that name is somebody's own.</param>
    public IReadOnlyDictionary<string, string> ReadGitHub(Func<string, bool> isLeftOut)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["teams"] = File.ReadAllText(Path.Combine(_gitHub, "teams.json")),
        };
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_gitHub, "repositories"), "*.json"))
        {
            var text = File.ReadAllText(file);
            var state = JsonNode.Parse(text);
            if (!isLeftOut(state.TextAt("name") ?? ""))
            {
                var name = $"repository {Path.GetFileNameWithoutExtension(file)} {state.TextAt("owner")}/{state.TextAt("name")}";
                found[$"{name}: settings"] = text;
                AddFiles(found, name, Path.ChangeExtension(file, ".git"));
            }
        }

        return found;
    }

    /// <summary>The name of a repository by its number; null where there is none.</summary>
    public string? NameOf(string id) => Path.Combine(_gitHub, "repositories", $"{id}.json") is var file && File.Exists(file)
        ? JsonNode.Parse(File.ReadAllText(file)).TextAt("name")
        : null;

    /// <summary>What is there and was not, was there and is not, or is otherwise; empty if nothing is.</summary>
    public static IReadOnlyList<string> Difference(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
    [
        .. after.Keys.Except(before.Keys).Select(name => $"made: {name}"),
        .. before.Keys.Except(after.Keys).Select(name => $"gone: {name}"),
        .. before.Where(pair => after.TryGetValue(pair.Key, out var now) && now != pair.Value)
            .Select(pair => $"changed: {pair.Key}\n  was {pair.Value}\n  is  {after[pair.Key]}"),
    ];

    private async Task<IReadOnlyList<KubeObject>> ListAsync(ResourceKind kind)
    {
        // Definitions are large, and their version says enough.
        var options = new ListOptions { MetadataOnly = kind == WellKnownKinds.CustomResourceDefinition };
        List<KubeObject> found = [];
        await foreach (var item in _client.ListAsync(kind, options, CancellationToken.None))
        {
            found.Add(item);
        }

        return found;
    }

    private static void AddFiles(Dictionary<string, string> found, string name, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file);
            found[$"{name}: {path}"] = path.StartsWith("objects", StringComparison.Ordinal)
                ? new FileInfo(file).Length.ToString(CultureInfo.InvariantCulture)
                : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        }
    }
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>Rewrites a checked-out kustomization and its bases into what kustomize 2.0.3 understands.</summary>
/// <remarks>
/// Directories move from <c>resources</c> to <c>bases</c>; <c>patches</c> and <c>replicas</c> become
/// <c>patchesStrategicMerge</c> and <c>patchesJson6902</c>, whose targets are looked up in a build without them.
/// </remarks>
internal sealed class OldKustomize(KustomizeBuild build)
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private int _files;

    /// <summary>Translates the directory, after its bases.</summary>
    /// <exception cref="ManifestException">A kustomization cannot be read or built.</exception>
    public async Task TranslateAsync(string directory, CancellationToken cancellationToken)
    {
        if (!_done.Add(directory))
        {
            return;
        }

        var kustomization = KustomizationFile.Read(directory);
        foreach (var @base in MoveDirectories(kustomization, directory))
        {
            await TranslateAsync(@base, cancellationToken);
        }

        var patches = Take(kustomization, "patches");
        patches.AddRange(Take(kustomization, "replicas").Select(ReplicasPatch));
        MoveLabels(kustomization);
        KustomizationFile.Write(directory, kustomization);
        if (patches.Count == 0)
        {
            return;
        }

        var objects = await build.BuildAsync(directory, cancellationToken);
        foreach (var patch in patches)
        {
            Translate(patch, kustomization, directory, objects);
        }

        KustomizationFile.Write(directory, kustomization);
    }

    private static List<string> MoveDirectories(JsonObject kustomization, string directory)
    {
        var bases = kustomization.TextsAt("bases").ToList();
        var resources = kustomization.TextsAt("resources").ToLookup(
            entry => Directory.Exists(Path.Combine(directory, entry)));
        bases.AddRange(resources[true]);
        kustomization["resources"] = new JsonArray([.. resources[false].Select(entry => (JsonNode)entry)]);
        kustomization["bases"] = new JsonArray([.. bases.Select(entry => (JsonNode)entry)]);
        return [.. bases.Select(entry => Path.GetFullPath(Path.Combine(directory, entry)))];
    }

    private static void MoveLabels(JsonObject kustomization)
    {
        foreach (var (name, value) in Take(kustomization, "labels").SelectMany(entry => entry.MembersAt("pairs")))
        {
            var labels = kustomization["commonLabels"] as JsonObject ?? [];
            labels[name] = value?.DeepClone();
            kustomization["commonLabels"] = labels;
        }
    }

    private static List<JsonObject> Take(JsonObject kustomization, string name)
    {
        var entries = kustomization.ObjectsAt(name).Select(entry => entry.DeepClone().AsObject()).ToList();
        kustomization.Remove(name);
        return entries;
    }

    private static JsonObject ReplicasPatch(JsonObject replica) => new()
    {
        ["target"] = new JsonObject { ["kind"] = "Deployment|StatefulSet|ReplicaSet", ["name"] = replica.TextAt("name") },
        ["patch"] = $$"""[{"op": "add", "path": "/spec/replicas", "value": {{replica.NumberAt(0, "count")}}}]""",
    };

    private void Translate(
        JsonObject patch, JsonObject kustomization, string directory, IReadOnlyList<JsonObject> objects)
    {
        var text = patch.TextAt("patch") ?? File.ReadAllText(Path.Combine(directory, patch.TextAt("path") ?? ""));
        var target = patch["target"] as JsonObject;
        var targets = objects.Where(candidate => target is not null && IsTarget(target, candidate)).ToList();
        foreach (var document in YamlText.Read(text))
        {
            if (document is JsonArray operations)
            {
                foreach (var found in targets)
                {
                    KustomizationFile.ListIn(kustomization, "patchesJson6902").Add(new JsonObject
                    {
                        ["target"] = Identity(found),
                        ["path"] = WriteFile(directory, operations),
                    });
                }
            }
            else if (document is JsonObject merge)
            {
                foreach (var addressed in target is null ? [merge] : targets.Select(found => Address(merge, found)))
                {
                    KustomizationFile.ListIn(kustomization, "patchesStrategicMerge")
                        .Add((JsonNode)WriteFile(directory, addressed));
                }
            }
        }
    }

    private string WriteFile(string directory, JsonNode content)
    {
        var name = $"sandbox-patch-{_files++}.yaml";
        File.WriteAllText(Path.Combine(directory, name), content.ToJsonString());
        return name;
    }

    private static JsonObject Identity(JsonObject found)
    {
        var version = (found.TextAt("apiVersion") ?? "").Split('/');
        var identity = new JsonObject { ["version"] = version[^1], ["kind"] = found.TextAt("kind") };
        if (version.Length == 2)
        {
            identity["group"] = version[0];
        }

        identity["name"] = found.TextAt("metadata", "name");
        return identity;
    }

    private static JsonObject Address(JsonObject merge, JsonObject found)
    {
        var addressed = merge.DeepClone().AsObject();
        addressed["apiVersion"] = found.TextAt("apiVersion");
        addressed["kind"] = found.TextAt("kind");
        var metadata = addressed["metadata"] as JsonObject ?? [];
        metadata["name"] = found.TextAt("metadata", "name");
        addressed["metadata"] = metadata;
        return addressed;
    }

    private static bool IsTarget(JsonObject target, JsonObject candidate)
    {
        var identity = Identity(candidate);
        return Matches(target, "group", identity.TextAt("group"))
            && Matches(target, "version", identity.TextAt("version"))
            && Matches(target, "kind", identity.TextAt("kind"))
            && Matches(target, "name", identity.TextAt("name"))
            && Matches(target, "namespace", candidate.TextAt("metadata", "namespace"));
    }

    private static bool Matches(JsonObject target, string member, string? value) =>
        target.TextAt(member) is not { Length: > 0 } pattern
        || Regex.IsMatch(value ?? "", $"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(1));
}

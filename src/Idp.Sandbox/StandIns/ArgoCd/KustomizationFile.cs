using System.Text.Json.Nodes;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>A directory's kustomization, read from YAML and written back as the JSON that YAML also is.</summary>
internal static class KustomizationFile
{
    private static readonly string[] Names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    /// <summary>The file in the directory, or null.</summary>
    public static string? Find(string directory) =>
        Names.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    /// <summary>Reads the directory's kustomization.</summary>
    /// <exception cref="ManifestException">It is not YAML, or not an object.</exception>
    public static JsonObject Read(string directory)
    {
        var file = Find(directory) ?? throw new ManifestException($"no kustomization in {Path.GetFileName(directory)}");
        try
        {
            return YamlText.ReadObjects(File.ReadAllText(file)) is [var first, ..] ? first : [];
        }
        catch (FormatException exception)
        {
            throw new ManifestException($"{Path.GetFileName(file)}: {exception.Message}", exception);
        }
    }

    /// <summary>Replaces the directory's kustomization.</summary>
    public static void Write(string directory, JsonObject kustomization) =>
        File.WriteAllText(Find(directory) ?? Path.Combine(directory, Names[0]), kustomization.ToJsonString());

    /// <summary>Puts an Application's <c>source.kustomize</c> on top, as <c>kustomize edit</c> would.</summary>
    public static void Edit(JsonObject kustomization, JsonObject options)
    {
        foreach (var image in options.TextsAt("images"))
        {
            Replace(kustomization, "images", Image(image));
        }

        foreach (var replica in options.ObjectsAt("replicas"))
        {
            Replace(kustomization, "replicas", new JsonObject
            {
                ["name"] = replica.TextAt("name"),
                ["count"] = int.TryParse(replica.TextAt("count"), out var count) ? count : replica.NumberAt(0, "count"),
            });
        }

        foreach (var patch in options.ObjectsAt("patches"))
        {
            ListIn(kustomization, "patches").Add(patch.DeepClone());
        }

        foreach (var member in new[] { "namespace", "namePrefix", "nameSuffix" })
        {
            if (options.TextAt(member) is { } value)
            {
                kustomization[member] = value;
            }
        }
    }

    /// <summary>The list of that name, made when it is absent.</summary>
    public static JsonArray ListIn(JsonObject kustomization, string name)
    {
        if (kustomization[name] is not JsonArray list)
        {
            kustomization[name] = list = [];
        }

        return list;
    }

    // [old=]new[:tag|@digest], where a colon before the last slash belongs to the registry's port.
    private static JsonObject Image(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var reference = text[(equals + 1)..];
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var colon = reference.LastIndexOf(':') is var last && last > reference.LastIndexOf('/') ? last : -1;
        var end = at >= 0 ? at : colon >= 0 ? colon : reference.Length;
        var name = reference[..end];
        var image = new JsonObject { ["name"] = equals < 0 ? name : text[..equals], ["newName"] = name };
        if (at >= 0)
        {
            image["digest"] = reference[(at + 1)..];
        }
        else if (colon >= 0)
        {
            image["newTag"] = reference[(colon + 1)..];
        }

        return image;
    }

    private static void Replace(JsonObject kustomization, string list, JsonObject entry)
    {
        var entries = ListIn(kustomization, list);
        for (var index = entries.Count - 1; index >= 0; index--)
        {
            if (entries[index].TextAt("name") == entry.TextAt("name"))
            {
                entries.RemoveAt(index);
            }
        }

        entries.Add(entry);
    }
}

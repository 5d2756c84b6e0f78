using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.World;

/// <summary>The volumes of a pod as folders of this machine.</summary>
internal sealed class PodFolder
{
    private readonly Dictionary<string, string> _folders = [];

    /// <summary>Writes what the pod's first container mounts.</summary>
    /// <param name="platform">Where ConfigMaps and Secrets are read from.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="root">An own folder.</param>
    public static async Task<PodFolder> WriteAsync(Platform platform, JsonObject pod, string root)
    {
        var made = new PodFolder();
        var @namespace = pod.TextAt("metadata", "namespace") ?? "";
        foreach (var mount in pod.ObjectsAt("spec", "containers").First().ObjectsAt("volumeMounts"))
        {
            var volume = pod.ObjectsAt("spec", "volumes").Single(volume => volume.TextAt("name") == mount.TextAt("name"));
            var folder = Directory.CreateDirectory(Path.Combine(root, mount.TextAt("name") ?? "")).FullName;
            made._folders.Add(mount.TextAt("mountPath") ?? "", folder);
            foreach (var (name, content) in await FilesAsync(platform, @namespace, volume))
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, name), content);
            }
        }

        // The files name one another by the paths inside the pod.
        foreach (var file in made._folders.Values.SelectMany(Directory.EnumerateFiles))
        {
            await File.WriteAllTextAsync(file, made.Here(await File.ReadAllTextAsync(file)));
        }

        return made;
    }

    /// <summary>A text with the pod's paths turned into those of this machine.</summary>
    public string Here(string text) =>
        _folders.Aggregate(text, (result, folder) => result.Replace(folder.Key, folder.Value, StringComparison.Ordinal));

    private static async Task<IEnumerable<(string Name, byte[] Content)>> FilesAsync(Platform platform, string @namespace, JsonObject volume)
    {
        if (volume["emptyDir"] is not null)
        {
            return [];
        }

        if (volume.TextAt("configMap", "name") is { } map)
        {
            var data = (await platform.GetAsync(WellKnownKinds.ConfigMap, @namespace, map))["data"]!.AsObject();
            return data.Select(file => (file.Key, System.Text.Encoding.UTF8.GetBytes((string?)file.Value ?? "")));
        }

        var secret = await platform.FindAsync(ForeignKinds.Secret, @namespace, volume.TextAt("secret", "secretName") ?? "");
        (secret is not null || volume.FlagAt(false, "secret", "optional")).Should().BeTrue("a pod waits for a Secret that it needs");
        return secret?["data"]?.AsObject().Select(file => (file.Key, Convert.FromBase64String((string?)file.Value ?? ""))) ?? [];
    }
}

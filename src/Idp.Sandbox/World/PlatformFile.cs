using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.World;

/// <summary>The platform's settings in the sandbox: those that the repository ships, with this world's addresses.</summary>
internal static class PlatformFile
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Reads the shipped settings and puts in where GitHub, its token and the golden paths are here.</summary>
    public static JsonObject Read(Uri gitHub, string tokenFile)
    {
        var shipped = SandboxPaths.Below("config", "operator", "platform.yaml");
        var settings = File.Exists(shipped) ? Installer.ReadFile(shipped)[0] : [];
        var owned = settings["github"] as JsonObject ?? new JsonObject { ["owner"] = "acme" };
        owned["apiUrl"] = gitHub.ToString();
        owned["webUrl"] = gitHub.ToString();
        owned["tokenFile"] = tokenFile;

        // The stand-in for GitHub has no limits unless a test gives it some, as GitHub Enterprise Server is installed.
        owned["limits"] ??= new JsonObject { ["contentPerMinute"] = 0, ["contentPerHour"] = 0, ["pointsPerMinute"] = 0 };
        settings["github"] = owned;
        var goldenPaths = settings["goldenPaths"] as JsonObject ?? [];
        goldenPaths["directories"] = new JsonArray(SandboxPaths.Below("golden-paths"));
        settings["goldenPaths"] = goldenPaths;

        // Nothing here scales by an autoscaler: the number of copies stays what the overlays say.
        var stages = settings["stages"] as JsonObject ?? [];
        var production = stages["Production"] as JsonObject ?? [];
        production["maxReplicas"] = 0;
        stages["Production"] = production;
        settings["stages"] = stages;
        return settings;
    }

    /// <summary>Copies the settings with another address for GitHub's API; what people and Git use stays.</summary>
    public static async Task CopyAsync(string source, string target, Uri gitHub, CancellationToken cancellationToken)
    {
        var settings = Installer.ReadFile(source)[0];
        settings["github"]!["apiUrl"] = gitHub.ToString();
        await WriteAsync(target, settings, cancellationToken);
    }

    /// <summary>Writes the settings as the JSON that YAML also is, in one step, since the operator watches the file.</summary>
    public static async Task WriteAsync(string path, JsonObject settings, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            settings.WriteTo(writer);
        }

        await File.WriteAllBytesAsync(path + ".new", buffer.ToArray(), cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }
}

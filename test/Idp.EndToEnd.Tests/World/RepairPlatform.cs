using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.World;

/// <summary>A world in which things are broken and mended, and hours pass in minutes. GitHub sets no limits.</summary>
public sealed class RepairPlatform : HurriedPlatform
{
    /// <summary>A folder of golden paths that a test may add to.</summary>
    public string GoldenPaths => Path.Combine(Sandbox.Directory, "more-golden-paths");

    /// <summary>Edits the platform's settings, as the platform team does.</summary>
    public async Task EditAsync(Action<JsonObject> edit)
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Sandbox.PlatformPath))!.AsObject();
        edit(settings);
        await File.WriteAllTextAsync(Sandbox.PlatformPath + ".new", settings.ToJsonString());
        File.Move(Sandbox.PlatformPath + ".new", Sandbox.PlatformPath, overwrite: true);
    }

    /// <inheritdoc/>
    protected override SandboxOptions Arrange(SandboxOptions options)
    {
        var folder = Path.Combine(options.Directory, "more-golden-paths");
        Directory.CreateDirectory(folder);
        return options with
        {
            GitHub = server => server with { Clock = Clock },
            Platform = settings => settings["goldenPaths"]!["directories"]!.AsArray().Add((JsonNode)folder),
        };
    }
}

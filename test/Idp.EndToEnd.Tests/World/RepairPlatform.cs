using Idp.Kubernetes.Model;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.World;

/// <summary>A world in which things are broken and mended, and hours pass in minutes. GitHub sets no limits.</summary>
public sealed class RepairPlatform : HurriedPlatform
{
    /// <summary>A folder of golden paths that a test may add to.</summary>
    public string GoldenPaths => Path.Combine(Sandbox.Directory, "more-golden-paths");

    /// <summary>Lets time pass until an application is as expected.</summary>
    /// <param name="app">The application.</param>
    /// <param name="what">What is expected, in words.</param>
    /// <param name="isSo">The same in code.</param>
    /// <param name="most">How much time is jumped over at most; as much as it takes by default.</param>
    internal Task PassUntilAsync(TestApp app, string what, Func<JsonObject, bool> isSo, TimeSpan? most = null) =>
        PassUntilAsync(Kinds.BackendApp, new ObjectKey(app.Team, app.Name), what, isSo, most);

    /// <summary>Lets time pass until an object is as expected.</summary>
    internal Task PassUntilAsync(ResourceKind kind, ObjectKey key, string what, Func<JsonObject, bool> isSo, TimeSpan? most = null) => PassTimeUntilAsync(
        async () =>
        {
            var item = await GetAsync(kind, key.Namespace, key.Name);
            return (isSo(item), $"{key} is not {what}: {ConditionReading.Print(item)}");
        },
        TimeSpan.FromMinutes(5),
        most);

    /// <summary>Lays the golden path that there is under another name, with its manifest changed.</summary>
    public async Task LayGoldenPathAsync(string name, Func<string, string> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var folder = Path.Combine(GoldenPaths, name);
        var source = SandboxPaths.Below("golden-paths", "python-fastapi");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        var manifest = Path.Combine(folder, "template.yaml");
        var text = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(manifest, change(text.Replace("name: python-fastapi", $"name: {name}", StringComparison.Ordinal)));
    }

    /// <summary>Makes a golden path that is a template repository of the same name.</summary>
    public async Task LayTemplateRepositoryAsync(string name)
    {
        await GitHub.SendAsync(HttpMethod.Post, "orgs/acme/repos", $$"""{"name": "{{name}}", "auto_init": true}""");
        await GitHub.SendAsync(HttpMethod.Patch, $"repos/acme/{name}", """{"is_template": true}""");
        var folder = Directory.CreateDirectory(Path.Combine(GoldenPaths, name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "template.yaml"), $"name: {name}\nversion: 1.0.0\nrepository: acme/{name}\n");
    }

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

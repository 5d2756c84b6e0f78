using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.World;

/// <summary>A new cluster: GitHub shows private repositories to nobody without credentials, and Argo CD has none.</summary>
public sealed class PrivatePlatform : Platform
{
    /// <summary>Changes the platform's settings while the operator runs.</summary>
    public async Task ChangeSettingsAsync(Action<JsonObject> change)
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Sandbox.PlatformPath))!.AsObject();
        change(settings);
        await File.WriteAllTextAsync(Sandbox.PlatformPath + ".new", settings.ToJsonString());
        File.Move(Sandbox.PlatformPath + ".new", Sandbox.PlatformPath, overwrite: true);
    }

    /// <inheritdoc/>
    protected override SandboxOptions Arrange(SandboxOptions options) => options with
    {
        RepositoryCredentials = false,
        GitHub = server => server with { AnonymousRead = false },
        Platform = settings => settings["imagePullSecret"] = new JsonObject { ["remoteKey"] = "registries/{team}" },
    };
}

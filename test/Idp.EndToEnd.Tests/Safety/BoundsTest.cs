using Idp.Entities;
using Idp.Sandbox.GitHub;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>Who can write to a repository, or stands between us and GitHub, decides neither how much we hold nor who else is served.</summary>
[Collection(SharedWorld.OfSafety)]
public sealed class BoundsTest(Platform platform)
{
    private const long Room = 64L << 20;

    [Fact]
    public async Task HoweverMuchIsSent_NoMoreIsHeld_AndOthersAreServed()
    {
        await (await platform.NewAppAsync("bounds-warm")).MakeAsync(Specs.Small);
        await PushAsync("bounds-marker", 95L << 20);
        Flood("bounds-json", 300L << 20, compressed: false);
        Flood("bounds-zipped", 300L << 20, compressed: true);
        Flood("bounds-endless", long.MaxValue, compressed: false);
        Flood("bounds-endless-zipped", long.MaxValue, compressed: true);
        string[] names = ["bounds-marker", "bounds-json", "bounds-zipped", "bounds-endless", "bounds-endless-zipped"];
        var memory = await OperatorMemory.BeginAsync(platform.Operator);

        List<TestApp> flooded = [];
        foreach (var name in names)
        {
            flooded.Add(await platform.NewAppAsync(name));
            await flooded[^1].ApplyAsync(Specs.Small);
        }

        await (await platform.NewAppAsync("bounds-served")).MakeAsync(Specs.Small);
        foreach (var app in flooded)
        {
            var told = await app.UntilAsync(
                "told what is too large", item => item.Condition(Conditions.RepositoryReady).TextAt("reason") == Reasons.GitHubAnswerTooLarge);
            told.Condition(Conditions.Ready).TextAt("message").Should().Contain($"acme/{app.Name}").And.Contain("KiB");
        }

        memory.Grown.Should().BeLessThan(Room);
        platform.Sandbox.GitHub.ClearFaults();
    }

    private void Flood(string name, long bytes, bool compressed) => platform.Sandbox.GitHub.Add(new GitHubFault
    {
        Method = "GET",
        Path = $"^/repos/acme/{name}$",
        Status = 200,
        Times = 1000,
        Bytes = bytes,
        Compressed = compressed,
    });

    /// <summary>Makes a repository whose marker file is so large, as anybody may who may make repositories.</summary>
    private async Task PushAsync(string name, long bytes)
    {
        await platform.GitHub.SendAsync(HttpMethod.Post, "orgs/acme/repos", $$"""{"name": "{{name}}", "private": true, "auto_init": true}""");
        var clone = await platform.GitHub.CloneAsync(name);
        Directory.CreateDirectory(Path.Combine(clone, ".idp"));
        await using (var file = File.Create(Path.Combine(clone, ".idp", "repository.json")))
        {
            file.SetLength(bytes);
        }

        await platform.GitHub.PushAsync(clone, "Claim it");
    }
}

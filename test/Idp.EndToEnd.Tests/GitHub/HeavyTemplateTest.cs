using Idp.Entities;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>A golden path with a hundred megabytes in its skeleton: the operator runs, and those who chose it are told.</summary>
[Collection(TemplateWorld.Name)]
public sealed class HeavyTemplateTest(TemplatePlatform platform)
{
    [Fact]
    public async Task IsRefusedToThoseWhoChoseIt_UntilItIsMended()
    {
        var app = await platform.NewAppAsync("weightlifter");
        await app.ApplyAsync("{template: {name: heavy}, environments: [{name: staging}]}");

        (await app.UntilStalledAsync(Reasons.TemplateInvalid)).Should()
            .Contain("heavy").And.Contain("skeleton/model.bin: is too large: 1048576 bytes a file").And.Contain("python-fastapi", "that is another choice");
        (await platform.GitHub.ExistsAsync(app.Name)).Should().BeFalse("nothing is made of it");

        File.Delete(platform.HeavyFile);
        await app.UntilReadyAsync();
        (await platform.GitHub.CommitsAsync(app.Name)).Should().ContainSingle();
    }
}

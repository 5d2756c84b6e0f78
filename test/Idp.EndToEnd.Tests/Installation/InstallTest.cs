using Idp.Entities;

namespace Idp.EndToEnd.Tests.Installation;

/// <summary>Installing and upgrading as docs/install.md says.</summary>
[Collection(InstalledWorld.Name)]
public sealed class InstallTest(InstalledPlatform platform)
{
    [Fact]
    public async Task AnInstallation_WorksUnderTheRightsThatItBrings_AndASecondOneChangesNothing()
    {
        await platform.InstallAsync();
        var app = await platform.NewAppAsync("installed");
        await app.MakeAsync(Specs.Everything(app.Team));
        (await app.ChildrenAsync()).Should().BeEquivalentTo(app.EverythingIn("staging"));
        var before = await platform.VersionsAsync();
        before.Should().HaveCountGreaterThan(13);

        await platform.InstallAsync();

        (await platform.VersionsAsync()).Should().Equal(before);
        await app.ReconcileAsync();
        (await app.GetAsync()).Is(Conditions.Ready).Should().BeTrue();
        await app.DeleteAsync();
    }

    [Fact]
    public async Task AnUpgrade_ReplacesTheOperator_AndEveryApplicationStaysAsItIs()
    {
        await platform.InstallAsync("1.0.0");
        var app = await platform.NewAppAsync("upgraded");
        await app.MakeAsync(Specs.Everything(app.Team));
        var made = await Belongings.OfAsync(app);
        var repositories = platform.GitHub.Count();

        await platform.InstallAsync("1.1.0");

        await app.ReconcileAsync();
        (await app.GetAsync()).Is(Conditions.Ready).Should().BeTrue();
        (await Belongings.OfAsync(app)).Should().Equal(made);
        platform.GitHub.Count().Should().Be(repositories);
        await app.DeleteAsync();
    }
}

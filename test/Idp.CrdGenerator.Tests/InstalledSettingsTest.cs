using Idp.Operator.Settings;

namespace Idp.CrdGenerator.Tests;

public sealed class InstalledSettingsTest
{
    [Fact]
    public void ThePlatformFileThatIsInstalledIsOneThatTheOperatorTakes() =>
        PlatformSettingsLoader.Load(Path.Combine(RepositoryRoot.Find(), "config", "operator", "platform.yaml")).ErrorText
            .Should().BeEmpty();
}

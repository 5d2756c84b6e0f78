using Idp.Sandbox.StandIns.ArgoCd;

namespace Idp.Sandbox.Tests.StandIns.ArgoCd;

public sealed class GitCredentialsTest
{
    [Fact]
    public void NeverPrintsTheToken() =>
        new GitCredentials("http://127.0.0.1:1/", "t0ken").ToString().Should().NotContain("t0ken");
}

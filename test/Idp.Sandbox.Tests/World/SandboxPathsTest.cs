using Idp.Sandbox.World;

namespace Idp.Sandbox.Tests.World;

public sealed class SandboxPathsTest
{
    [Fact]
    public void TheOperatorIsOfOurOwnConfiguration_WhateverElseWasBuilt()
    {
        var own = SandboxPaths.Below("artifacts", "bin", "Idp.Operator", SandboxPaths.Configuration, "idp");

        SandboxPaths.Configuration.Should().BeOneOf("debug", "release");
        SandboxPaths.OperatorBinary().Should().Be(Environment.GetEnvironmentVariable("IDP_OPERATOR_BINARY") ?? (File.Exists(own) ? own : null));
    }
}

using Idp.Operator.Settings;

namespace Idp.Operator.Tests.Settings;

public sealed class SourceAddressTest
{
    private const string Own = "https://github.com/acme/payment-service.git";
    private static readonly string[] OwnSources = [Own];

    private static readonly Grants Grants = new(new PlatformSettings
    {
        Teams =
        [
            new() { Namespace = "team-a", Sources = ["https://git.acme.dev/{namespace}/*", "https://github.com/acme/shared.git"] },
            new() { Namespace = "*" },
        ],
    });

    [Theory]
    [InlineData(Own)]
    [InlineData("https://github.com/acme/payment-service")]
    [InlineData("https://GitHub.com:443/Acme/Payment-Service.GIT")]
    public void OnesOwnRepository_MayBeDeployedInEachOfItsSpellings(string address) => Allows("team-b", address).Should().BeTrue();

    [Theory]
    [InlineData("http://github.com/acme/payment-service.git")]
    [InlineData("https://github.com:8443/acme/payment-service.git")]
    [InlineData("https://github.com:0443/acme/payment-service.git")]
    [InlineData("https://github.com:99999/acme/payment-service.git")]
    [InlineData("https://github.com./acme/payment-service.git")]
    [InlineData("https://github.com/acme/payment-service.git/")]
    [InlineData("https://github.com/acme/payment-service.git.git")]
    [InlineData("https://github.com//acme/payment-service.git")]
    [InlineData("https://github.com/acme//payment-service.git")]
    [InlineData("https://github.com/evil/../acme/payment-service.git")]
    [InlineData("https://github.com/./acme/payment-service.git")]
    [InlineData("https://github.com/acme/payment-service.git?a=b")]
    [InlineData("https://github.com/acme/payment-service.git#main")]
    [InlineData("https://github.com/acme/payment%2dservice.git")]
    [InlineData("https://github.com/acme%2fpayment-service.git")]
    [InlineData("https://user@github.com/acme/payment-service.git")]
    [InlineData("https://github.com@evil.example/acme/payment-service.git")]
    [InlineData("https://github.com:pass@evil.example/acme/payment-service.git")]
    [InlineData("https://g\u0131thub.com/acme/payment-service.git")]
    [InlineData("https://github.com\\acme\\payment-service.git")]
    [InlineData("https://github.com/acme/payment-service.git\n")]
    [InlineData(" https://github.com/acme/payment-service.git")]
    [InlineData("HTTPS://github.com/acme/payment-service.git")]
    [InlineData("ssh://git@github.com/acme/payment-service.git")]
    [InlineData("git@github.com:acme/payment-service.git")]
    [InlineData("git://github.com/acme/payment-service.git")]
    [InlineData("file:///acme/payment-service.git")]
    [InlineData("https://github.com/acme/payment-service-deploy.git")]
    [InlineData("https://github.com/acme/*")]
    [InlineData("*")]
    [InlineData("")]
    public void WhatIsNotIt_OrCouldBeReadAsSomethingElse_MayNot(string address)
    {
        var grant = Grants.MayDeployFrom("team-b", address, OwnSources);

        grant.Allowed.Should().BeFalse();
        grant.Message.Should().Contain("spec.source.repoURL");
    }

    [Theory]
    [InlineData("team-a", "https://git.acme.dev/team-a/deep/er.git", true)]
    [InlineData("team-a", "https://github.com/acme/shared", true)]
    [InlineData("team-a", "https://git.acme.dev/team-b/app.git", false)]
    [InlineData("team-a", "https://git.acme.dev/team-a/../team-b/app.git", false)]
    [InlineData("team-a", "https://git.acme.dev.evil.example/team-a/app.git", false)]
    [InlineData("team-a", "https://github.com/acme/shared-too", false)]
    [InlineData("team-b", "https://git.acme.dev/team-b/app.git", false)]
    public void WhatIsGranted_MayBeDeployedToo(string home, string address, bool allowed) => Allows(home, address).Should().Be(allowed);

    [Fact]
    public void ARefusalSaysWhatIsGranted_AndWhoGrantsMore() => Grants.MayDeployFrom("team-a", "https://evil.example/a/b", OwnSources).Message
        .Should().Contain("https://git.acme.dev/team-a/*").And.Contain("teams[].sources of platform.yaml");

    [Theory]
    [InlineData("{team}", "idp-team-b", false)]
    [InlineData("{team}", "payments", true)]
    [InlineData("", "idp-team-b", true)]
    public void AnotherTeamsProject_CannotBeReachedByTheNameOfATeam(string rule, string team, bool allowed) =>
        new Grants(new PlatformSettings { ArgoCd = new() { Project = rule } }).MayUseProject("team-a", team).Allowed.Should().Be(allowed);

    [Fact]
    public void ProjectsOfNamespacesThatDifferAtTheirVeryEnd_Differ()
    {
        var home = new string('a', 62);

        Grants.OwnProjectOf(home + "b").Should().NotBe(Grants.OwnProjectOf(home + "c"));
    }

    private static bool Allows(string home, string address) => Grants.MayDeployFrom(home, address, OwnSources).Allowed;
}

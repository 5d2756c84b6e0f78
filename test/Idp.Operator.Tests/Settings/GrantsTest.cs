using Idp.Operator.Settings;

namespace Idp.Operator.Tests.Settings;

public sealed class GrantsTest
{
    private const string Head = "github: {owner: acme}\ningress: {domain: apps.acme.dev}\n";

    private static readonly EnvironmentIdentity Staging = new() { Application = "pay", Environment = "staging", Namespace = "pay-staging", Team = "payments" };

    private readonly Grants _open = GrantsOf(Head);

    private readonly Grants _granted = GrantsOf(Head + """
        argocd: {project: "{team}"}
        teams:
          - namespace: team-payments
            githubOwners: [acme, acme-pay]
            secretKeys: ["payments/*", "shared/smtp"]
            hosts: ["*.acme.dev"]
            namespaces: ["pay-*"]
            actsAs: [payments, "{namespace}"]
            argocdProject: pay-{namespace}
          - namespace: team-*
        """);

    [Fact]
    public void WithoutTeams_EverybodyHasTheDefaults()
    {
        _open.MayUseOwner("any", "ACME").Allowed.Should().BeTrue("GitHub does not tell upper from lower case");
        _open.MayUseOwner("any", "other").Allowed.Should().BeFalse();
        _open.MayReadSecret("any", "any/db").Allowed.Should().BeTrue();
        _open.MayReadSecret("any", "other/db").Allowed.Should().BeFalse();
        _open.MayUseHost("any", "pay-staging.apps.acme.dev", Staging).Allowed.Should().BeTrue();
        _open.MayUseHost("any", "pay.acme.dev", Staging).Allowed.Should().BeFalse();
        _open.MayClaimNamespace("any", "pay-staging").Allowed.Should().BeTrue();
        _open.MayActAs("any", "any").Allowed.Should().BeTrue();
        _open.MayActAs("any", "payments").Allowed.Should().BeFalse();
        _open.ProjectFor("any", "t").Should().Be("idp-team-any");
        _open.MayDeployFrom("any", "https://github.com/acme/shop.git", []).Allowed.Should().BeFalse();
    }

    [Fact]
    public void TheFirstEntryThatFits_DecidesAlone()
    {
        _granted.MayUseOwner("team-payments", "acme-pay").Allowed.Should().BeTrue();
        _granted.MayUseOwner("team-search", "acme-pay").Allowed.Should().BeFalse();
        _granted.MayReadSecret("team-payments", "payments/stripe/live").Allowed.Should().BeTrue();
        _granted.MayReadSecret("team-payments", "team-payments/x").Allowed.Should().BeFalse("a list that is given replaces the default");
        _granted.MayReadSecret("team-search", "team-search/x").Allowed.Should().BeTrue();
        _granted.MayUseHost("team-payments", "Pay.acme.dev", Staging).Allowed.Should().BeTrue();
        _granted.MayUseHost("team-search", "pay.acme.dev", Staging).Allowed.Should().BeFalse();
        _granted.MayActAs("team-payments", "payments").Allowed.Should().BeTrue();
        _granted.MayActAs("team-search", "payments").Allowed.Should().BeFalse();
        _granted.ProjectFor("team-payments", "payments").Should().Be("pay-team-payments");
        _granted.ProjectFor("team-search", "search").Should().Be("search");
    }

    [Fact]
    public void ANamespaceThatNoEntrySpeaksOf_IsGrantedNothing()
    {
        Grant[] answers =
        [
            _granted.MayUseOwner("sandbox", "acme"),
            _granted.MayReadSecret("sandbox", "sandbox/x"),
            _granted.MayUseHost("sandbox", "pay-staging.apps.acme.dev", Staging),
            _granted.MayClaimNamespace("sandbox", "pay-staging"),
            _granted.MayActAs("sandbox", "sandbox"),
        ];

        answers.Should().OnlyContain(a => !a.Allowed && a.Message.Contains("Namespace sandbox is granted nothing"));
    }

    [Theory]
    [InlineData("payments/../search/key")]
    [InlineData("payments/./x")]
    [InlineData("payments//x")]
    [InlineData("payments/")]
    [InlineData("/payments/x")]
    [InlineData("payments/%2e%2e/search")]
    [InlineData("payments/..\\search")]
    [InlineData("payments/x?version=1")]
    [InlineData("payments/x#y")]
    [InlineData("payments/x\n")]
    [InlineData("payments/*")]
    [InlineData("")]
    public void AKeyThatCouldClimbOut_IsRefusedBeforeItIsMatched(string key) =>
        _granted.MayReadSecret("team-payments", key).Allowed.Should().BeFalse();

    [Theory]
    [InlineData("default")]
    [InlineData("kube-system")]
    [InlineData("kube-")]
    [InlineData("argocd")]
    [InlineData("idp-system")]
    [InlineData("any")]
    public void NamespacesOfTheSystemAndTheTeamsOwn_AreNobodysToClaim(string claimed) =>
        _open.MayClaimNamespace("any", claimed).Allowed.Should().BeFalse();

    [Fact]
    public void ARefusalSaysWhatIsGranted_AndWhoCanGrantMore() =>
        _granted.MayClaimNamespace("team-payments", "search-staging").Message.Should().Be(
            "Namespace team-payments is not granted the namespace 'search-staging'; granted: pay-*. "
            + "The platform team grants it in teams[].namespaces of platform.yaml.");

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*c", "ac", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("*a*a*a*", "aa", false)]
    [InlineData("abc", "abcd", false)]
    public void StarStandsForAnyText(string pattern, string text, bool fits) =>
        Glob.Matches(pattern, text, StringComparison.Ordinal).Should().Be(fits);

    [Fact]
    public void AnAwkwardPatternTakesNoTime() =>
        Glob.Matches(string.Concat(Enumerable.Repeat("*a", 500)) + "b*", new string('a', 100_000), StringComparison.Ordinal)
            .Should().BeFalse();

    private static Grants GrantsOf(string text) => new(PlatformSettingsLoaderTest.Load(text));
}

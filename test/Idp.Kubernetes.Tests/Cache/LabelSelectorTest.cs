using Idp.Kubernetes.Cache;

namespace Idp.Kubernetes.Tests.Cache;

public sealed class LabelSelectorTest
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "web", ["tier"] = "b", ["empty"] = "" };

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web,tier=b", true)]
    [InlineData("app = web", true)]
    [InlineData("app=api", false)]
    [InlineData("app!=api", true)]
    [InlineData("other!=api", true)]
    [InlineData("app!=web", false)]
    [InlineData("app", true)]
    [InlineData("other", false)]
    [InlineData("!other", true)]
    [InlineData("!app", false)]
    [InlineData("tier in (a, b)", true)]
    [InlineData("tier in (a,c),app", false)]
    [InlineData("tier notin (a,c)", true)]
    [InlineData("other notin (a)", true)]
    [InlineData("empty=", true)]
    [InlineData("app.kubernetes.io/managed-by=idp-operator", false)]
    public void DecidesAsTheServerDoes(string? selector, bool matches) =>
        LabelSelector.Parse(selector).Matches(Labels).Should().Be(matches);

    [Theory]
    [InlineData("a b")]
    [InlineData("=b")]
    [InlineData("a,,b")]
    [InlineData("a within (b)")]
    [InlineData("(a)")]
    public void RefusesWhatIsNoSelector(string selector) =>
        FluentActions.Invoking(() => LabelSelector.Parse(selector)).Should().Throw<FormatException>();
}

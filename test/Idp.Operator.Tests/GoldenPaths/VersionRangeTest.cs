using System.Text.RegularExpressions;
using Idp.Entities;
using Idp.Operator.GoldenPaths;

namespace Idp.Operator.Tests.GoldenPaths;

public sealed class VersionRangeTest
{
    private static readonly string[] Versions = ["1.0.0", "1.2.0", "1.2.3", "1.2.9", "1.3.0-rc.1", "1.3.0", "2.0.0-beta", "2.0.0", "3.1.4"];

    [Theory]
    [InlineData("", "1.0.0 1.2.0 1.2.3 1.2.9 1.3.0 2.0.0 3.1.4")]
    [InlineData("1.2.0", "1.2.0")]
    [InlineData("1.3.0-rc.1", "1.3.0-rc.1")]
    [InlineData("1.x", "1.0.0 1.2.0 1.2.3 1.2.9 1.3.0")]
    [InlineData("1.2.x", "1.2.0 1.2.3 1.2.9")]
    [InlineData("^1.2", "1.2.0 1.2.3 1.2.9 1.3.0")]
    [InlineData("~1.2.3", "1.2.3 1.2.9")]
    [InlineData(">=1.2 <2", "1.2.0 1.2.3 1.2.9 1.3.0")]
    [InlineData(">=1.3.0-rc.1 <2", "1.3.0-rc.1 1.3.0")]
    [InlineData(">1.2.9 <=2.0.0", "1.3.0 2.0.0")]
    [InlineData("^4.0.0", "")]
    public void AdmitsWhatNpmWould(string range, string admitted)
    {
        VersionRange.Of(range).IsReadable.Should().BeTrue();

        string.Join(' ', Versions.Where(VersionRange.Of(range).Admits)).Should().Be(admitted);
        (range.Length == 0 || MatchesSchema(range)).Should().BeTrue("the API takes it");
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("1")]
    [InlineData("latest")]
    [InlineData("*")]
    [InlineData("v1.2.0")]
    [InlineData("01.2.0")]
    [InlineData("1.2.0+build")]
    [InlineData("1.2.0-01")]
    [InlineData(">= 1.2")]
    [InlineData("1.x 2.x")]
    [InlineData("^1.x")]
    [InlineData("1.2.0 || 2.0.0")]
    [InlineData("1.2.0\n")]
    public void WhatCouldBeMisread_IsRefusedByTheApi(string range) => MatchesSchema(range).Should().BeFalse();

    [Fact]
    public void EveryTextThatTheApiTakes_IsARange()
    {
        string[] numbers = ["0", "7", "10", "999999999"];
        string[] tails = ["", "-rc.1", "-0", "-a.0.b-c", "-0a"];
        var whole = numbers.SelectMany(a => numbers.SelectMany(b => numbers.SelectMany(c => tails.Select(tail => $"{a}.{b}.{c}{tail}"))));
        string[] partial = [.. numbers, .. numbers.Select(a => $"{a}.0"), .. whole];
        var compared = partial.SelectMany(version => new[] { $"^{version}", $"~{version}", $">={version}", $"<{version}", $">={version} <={version}" });
        string[] all = [.. whole, .. numbers.Select(a => $"{a}.x"), .. numbers.Select(a => $"{a}.{a}.x"), .. compared];

        all.Where(text => !MatchesSchema(text)).Should().BeEmpty();
        all.Where(text => !VersionRange.Of(text).IsReadable).Should().BeEmpty();
    }

    [Fact]
    public void WhatIsNoRange_AdmitsNothing() => Versions.Where(VersionRange.Of("newest").Admits).Should().BeEmpty();

    [Fact]
    public void SortsBySemverOrg()
    {
        string[] sorted =
        [
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.10", "1.2.0", "11.0.0",
        ];

        sorted.Reverse().Order(SemanticVersion.Precedence).Should().Equal(sorted);
    }

    [Theory]
    [InlineData("1.2.0", true)]
    [InlineData("1.2.0-rc.1", true)]
    [InlineData("1.2", false)]
    [InlineData("v1.2.0", false)]
    [InlineData("1.2.0+linux", false)]
    [InlineData(" 1.2.0", false)]
    [InlineData("1.02.0", false)]
    [InlineData("", false)]
    public void KnowsAVersion(string text, bool isOne) => SemanticVersion.IsValid(text).Should().Be(isOne);

    private static bool MatchesSchema(string text) => Regex.IsMatch(text, $@"\A({Patterns.VersionRange})\z", RegexOptions.CultureInvariant);
}

using System.Text;

namespace Idp.GitHub.Tests;

/// <summary>What is read of Git's protocol by ourselves.</summary>
public sealed class AdvertisementTest
{
    private const string Sha = "0123456789012345678901234567890123456789";

    [Fact]
    public void BranchesAreFound_AndNothingElse()
    {
        var told = Advertisement.Parse(Bytes(
            "001f# service=git-receive-pack\n", "0000", Line($"{Sha} refs/heads/main\0report-status side-band-64k\n"),
            Line($"{Sha} refs/heads/a/b\n"), Line($"{Sha} refs/tags/v1\n"), "0000"));

        (told.IsEmpty, told.Find("main"), told.Find("a/b"), told.Find("v1"), told.Find("trunk")).Should().Be((false, Sha, Sha, null, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("fffe0000")]
    [InlineData("zzzz")]
    [InlineData("<html>")]
    [InlineData("000Xabc")]
    public void WhatIsNoneHasNoBranch(string text) => Advertisement.Parse(Bytes(text)).IsEmpty.Should().BeTrue();

    [Fact]
    public void WordsForPeopleAreOneLine_WithoutATokenAndWithoutAnEnd()
    {
        var answer = Bytes(
            Line("\u0002error: GH013: Repository rule violations\n\n- too"), Line($"\u0002 bad ghs_{new string('x', 40)}\n"), Line("\u0001000eunpack ok\n"), "0000");

        PktLines.Messages(answer).Should().Be($"error: GH013: Repository rule violations - too bad {Redaction.Mask}");
        PktLines.Messages(Bytes(Line($"\u0002{new string('y', 9000)}"))).Length.Should().BeLessThan(600);
    }

    [Fact]
    public void WhatTheServerSaysThatItCan_IsAskedFor()
    {
        Advertisement.Parse(Bytes(Line($"{Sha} refs/heads/main\0report-status atomic agent=x\n"))).CanBeAtomic.Should().BeTrue();
        Advertisement.Parse(Bytes(Line($"{Sha} refs/heads/atomic\0report-status\n"))).CanBeAtomic.Should().BeFalse();
        Advertisement.Parse(Bytes(Line($"{Sha} HEAD\0multi_ack shallow no-progress\n"))).CanBeShallow.Should().BeTrue();
        var (one, two) = ($"{Sha} {Sha} refs/heads/a\0 report-status", $"{Sha} {Sha} refs/idp/b");

        Text(AtomicPush.Ask(Bytes(Line(one), Line(two), "0000PACK"))).Should().Be($"{Line($"{one} atomic")}{Line(two)}0000PACK");
        Text(AtomicPush.Ask(Bytes(Line(one), "0000PACK"))).Should().Be($"{Line(one)}0000PACK");
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static string Line(string text) => $"{Encoding.UTF8.GetByteCount(text) + 4:x4}{text}";

    private static byte[] Bytes(params string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines));
}

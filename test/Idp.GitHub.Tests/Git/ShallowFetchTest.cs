using System.Text;

namespace Idp.GitHub.Tests;

/// <summary>How older commits are left out of a fetch.</summary>
public sealed class ShallowFetchTest
{
    private const string Sha = "0123456789012345678901234567890123456789";

    [Fact]
    public void WishStandsBehindWhatIsWanted_AndAllElseStays()
    {
        var wants = Line($"want {Sha} side-band-64k\n") + Line($"want {Sha}\n");

        Asked($"{wants}00000009done\n").Should().Be($"{wants}000cdeepen 100000009done\n");
        Asked("0000").Should().Be("000cdeepen 10000");
    }

    [Fact]
    public void CommitsThatWereCutAreRead_AndWhatFollowsIsLeftToBeRead()
    {
        var answer = new MemoryStream(Encoding.ASCII.GetBytes($"{Line($"shallow {Sha}")}{Line($"shallow {Sha}\n")}00000008NAK\nPACK"));

        // Three bytes at a time, as a network may give them.
        ShallowFetch.ReadCut(buffer => answer.Read(buffer.Span[..Math.Min(3, buffer.Length)])).Should().Equal(Sha, Sha);

        new StreamReader(answer).ReadToEnd().Should().Be("0008NAK\nPACK");
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zzzz")]
    [InlineData("0003")]
    [InlineData("ffff")]
    [InlineData("0008NAK\n")]
    [InlineData("000cshallow 10000")]
    [InlineData("0010ERR no such\n0000")]
    [InlineData("0035shallow 0123")]
    public void WhatIsNoSuchAnswerIsRefused(string text)
    {
        var answer = new MemoryStream(Encoding.ASCII.GetBytes(text));
        var read = () => ShallowFetch.ReadCut(buffer => answer.Read(buffer.Span));

        read.Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void AnswerWithoutAnEndIsNotReadForEver()
    {
        var line = Encoding.ASCII.GetBytes(Line($"shallow {Sha}"));
        var at = 0;
        var read = () => ShallowFetch.ReadCut(buffer =>
        {
            buffer.Span[0] = line[at++ % line.Length];
            return 1;
        });

        read.Should().Throw<InvalidDataException>();
        at.Should().BeLessThan(100_000);
    }

    private static string Line(string text) => $"{text.Length + 4:x4}{text}";

    private static string Asked(string request) => Encoding.ASCII.GetString(ShallowFetch.Ask(Encoding.ASCII.GetBytes(request)));
}

using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Repositories;

namespace Idp.Operator.Tests.GoldenPaths.Updates;

public sealed class GoldenPathLockTest
{
    private const long Repository = 42;
    private static readonly OwnershipKeys Keys = OwnershipKeys.Random();

    private static GoldenPathLock Lock => new()
    {
        Template = "python-fastapi",
        Version = "1.2.0",
        Inputs = "0123456789abcdef",
        Parameters = new Dictionary<string, string> { ["port"] = "8000", ["text"] = "on: \"é\" 🙂" },
        Files = [new LockedFile { Path = "app/main.py", Version = "1.0.0", Blob = "0f", Executable = true, Declined = "1f" }],
    };

    [Fact]
    public void WhatIsWritten_IsReadBack_AndIsSigned()
    {
        var written = Lock.SignFor(Repository, Keys);

        var read = GoldenPathLock.Read(written.ToFile());

        read.Should().BeEquivalentTo(written);
        read!.IsSignedFor(Repository, Keys).Should().BeTrue();
        read.IsSignedFor(Repository + 1, Keys).Should().BeFalse("another repository's lock says nothing of this one");
        read.IsSignedFor(Repository, OwnershipKeys.Random()).Should().BeFalse();
    }

    [Fact]
    public void Form_DoesNotMatter_ButWhatItSaysDoes()
    {
        var text = Lock.SignFor(Repository, Keys).ToFile();

        GoldenPathLock.Read($"# a remark\n{text}\n\n")!.IsSignedFor(Repository, Keys).Should().BeTrue();
        foreach (var (from, to) in new[] { ("1.2.0", "1.3.0"), ("0f", "2f"), ("app/main.py", "app/other.py"), ("8000", "8001") })
        {
            GoldenPathLock.Read(text.Replace(from, to, StringComparison.Ordinal))!.IsSignedFor(Repository, Keys).Should().BeFalse(to);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("- 1")]
    [InlineData("template: [")]
    [InlineData("template: x")]
    [InlineData("template: x\nversion: 1.0.0\ninputs: y\nfiles: [{path: 3}]")]
    [InlineData("<<<<<<< HEAD\ntemplate: x\n=======\n")]
    public void WhatPeopleMadeOfIt_IsNoLock(string text)
    {
        GoldenPathLock.Read(text).Should().BeNull();
    }

    [Fact]
    public void UnsignedOne_IsNotTheOperators()
    {
        GoldenPathLock.Read(Lock.ToFile())!.IsSignedFor(Repository, Keys).Should().BeFalse();
    }
}

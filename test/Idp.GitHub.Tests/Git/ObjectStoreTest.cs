namespace Idp.GitHub.Tests;

/// <summary>The folder in which pushes are made ready.</summary>
public sealed class ObjectStoreTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("objects-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void EachIsGoneAfterUse()
    {
        var (first, second) = (ObjectStore.Open(_folder.FullName), ObjectStore.Open(_folder.FullName));
        _folder.GetDirectories().Should().HaveCount(2, "who opens one leaves those alone that are in use");
        var commit = GitCommits.Root(first.Git, Scaffolds.Rich.Files, "m", Scaffolds.Author);
        second.Git.ObjectDatabase.Contains(commit.Id).Should().BeFalse();

        first.Dispose();
        second.Dispose();

        _folder.EnumerateFileSystemInfos().Should().BeEmpty();
    }

    [Fact]
    public void WhatAKilledProcessLeft_IsRemovedByTheNext_AndWhatAnotherUses_IsNot()
    {
        var (dead, live) = (Path.Combine(_folder.FullName, "dead"), Path.Combine(_folder.FullName, "live"));
        foreach (var store in (string[])[dead, live])
        {
            Directory.CreateDirectory(Path.Combine(store, "objects"));
            File.WriteAllText(Path.Combine(store, "objects", "file"), "x");
            File.WriteAllText($"{store}.lock", "");
        }

        using var held = new FileStream($"{live}.lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var store3 = ObjectStore.Open(_folder.FullName);

        (Directory.Exists(dead), File.Exists($"{dead}.lock")).Should().Be((false, false));
        File.Exists(Path.Combine(live, "objects", "file")).Should().BeTrue();
    }

    [Fact]
    public void NobodyElseSeesWhatIsInIt()
    {
        using var store = ObjectStore.Open(Path.Combine(_folder.FullName, "made"));

        new DirectoryInfo(Path.Combine(_folder.FullName, "made")).UnixFileMode.Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

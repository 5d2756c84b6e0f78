namespace Idp.GitHub.Tests;

/// <summary>The folder in which pushes are made ready.</summary>
public sealed class ObjectStoreTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("objects-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void EachIsGoneAfterUse()
    {
        var directory = new DirectoryInfo(Path.Combine(_folder.FullName, "pushes"));
        var (first, second) = (ObjectStore.Open(directory.FullName), ObjectStore.Open(directory.FullName));
        directory.GetDirectories().Should().HaveCount(2, "who opens one leaves those alone that are in use");
        var commit = GitCommits.Root(first.Git, Scaffolds.Rich.Files, "m", Scaffolds.Author);
        second.Git.ObjectDatabase.Contains(commit.Id).Should().BeFalse();

        first.Dispose();
        directory.GetDirectories().Should().ContainSingle();
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
    public async Task ManyAtOnce_TakeNothingFromOneAnother()
    {
        var directory = Path.Combine(_folder.FullName, "pushes");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var times = 0; times < 25; times++)
            {
                using var store = ObjectStore.Open(directory);
                GitCommits.Root(store.Git, Scaffolds.Rich.Files, "m", Scaffolds.Author).Sha.Should().HaveLength(40);
            }
        })));

        _folder.EnumerateFileSystemInfos().Should().BeEmpty();
    }

    [Fact]
    public void NobodyElseSeesWhatIsInIt()
    {
        using var store = ObjectStore.Open(Path.Combine(_folder.FullName, "made"));

        new DirectoryInfo(Path.Combine(_folder.FullName, "made")).UnixFileMode.Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

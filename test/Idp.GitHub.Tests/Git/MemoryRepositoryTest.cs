using LibGit2Sharp;

namespace Idp.GitHub.Tests;

/// <summary>The repositories that pushes are made from; alone, because all pushes of a process share them.</summary>
[Collection(nameof(MemoryRepositoryTest))]
[CollectionDefinition(nameof(MemoryRepositoryTest), DisableParallelization = true)]
public sealed class MemoryRepositoryTest
{
    [Fact]
    public void WhatOneHolds_NoOtherHas_NeitherBesideItNorAfterIt()
    {
        List<LibGit2Sharp.Repository> had = [];
        ObjectId made;
        using (var first = MemoryRepository.Take())
        using (var second = MemoryRepository.Take())
        {
            made = GitCommits.Root(first.Git, Scaffolds.Rich.Files, "m", Scaffolds.Author).Id;
            first.Git.ObjectDatabase.Contains(made).Should().BeTrue();
            second.Git.ObjectDatabase.Contains(made).Should().BeFalse();
            had.AddRange([first.Git, second.Git]);
        }

        had.Should().AllSatisfy(each => each.ObjectDatabase.Contains(made).Should().BeFalse());
    }

    [Fact]
    public void EmptyFileIsOne()
    {
        using var repository = MemoryRepository.Take();

        var commit = GitCommits.Root(repository.Git, [RepositoryFile.Text("empty", "")], "m", Scaffolds.Author);

        (commit["empty"].Target is Blob { Size: 0 }).Should().BeTrue();
    }

    [Fact]
    public void NoCommitMakesAFile()
    {
        using var repository = MemoryRepository.Take();
        var folder = new DirectoryInfo(repository.Git.Info.Path);
        var before = Names(folder);

        GitCommits.Root(repository.Git, Scaffolds.Rich.Files, "m", Scaffolds.Author);

        Names(folder).Should().BeEquivalentTo(before);
    }

    [Fact]
    public void WhoTakesTheFolder_StopsNobody()
    {
        using var held = MemoryRepository.Take();
        Directory.Delete(held.Git.Info.Path, recursive: true);

        using var next = MemoryRepository.Take();

        Directory.Exists(Path.Combine(next.Git.Info.Path, "refs")).Should().BeTrue();
    }

    private static string[] Names(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(each => each.FullName).ToArray();
}

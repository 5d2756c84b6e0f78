using System.Text.RegularExpressions;

namespace Idp.Kubernetes.Tests;

/// <summary>What a package does is not done beside it, and its types stay in the rooms that have it.</summary>
public sealed partial class DeletedPartsTest
{
    [Fact]
    public void CommitsAreMadeByLibGit2_NotByTheApi() => (
        from file in Files("src/Idp.GitHub")
        let code = string.Join('\n', File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
        from Match word in GitDataApi().Matches(code)
        select $"{Name(file)} says {word.Value}").Should().BeEmpty();

    [Fact]
    public void NobodyElseNamesATypeOfLibGit2() => (
        from file in Files("src")
        let room = Name(file).Split('/')[1]
        where room is not ("Idp.GitHub" or "Idp.Sandbox") && File.ReadAllText(file).Contains("LibGit2Sharp", StringComparison.Ordinal)
        select Name(file)).Should().BeEmpty();

    [Fact]
    public void WhatIsLookedFor_WouldBeFound() =>
        GitDataApi().Matches("\"git/blobs\" POST git/trees updateRefs(input graphql PutContents new NewTree( CreateFile").Should().HaveCount(7);

    private static IEnumerable<string> Files(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(ArchitectureTest.Root, folder), "*.cs", SearchOption.AllDirectories)
        where !Name(file).Contains("/obj/", StringComparison.Ordinal) && !Name(file).Contains("/bin/", StringComparison.Ordinal)
        select file;

    private static string Name(string file) => Path.GetRelativePath(ArchitectureTest.Root, file).Replace('\\', '/');

    // Blobs and commits are still read by it.
    [GeneratedRegex(@"git/(blobs|trees|refs)|updateRefs|graphql|PutContents|\bNew(Blob|Tree|Reference|Commit)\b|CreateFile", RegexOptions.IgnoreCase)]
    private static partial Regex GitDataApi();
}

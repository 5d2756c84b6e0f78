namespace Idp.GitHub.Tests;

/// <summary>Looks at a scaffold through git's eyes.</summary>
internal static class ScaffoldProof
{
    /// <summary>
    /// Clones the repository, and fails unless it holds the very files of the scaffold in so many commits.
    /// </summary>
    public static async Task<string> ShouldHoldAsync(
        World world, Repository repository, Scaffold scaffold, int commits = 1)
    {
        var folder = Path.Combine(world.Folder, $"clone-{Guid.NewGuid():n}");
        var clone = await Git.CloneAsync(world.Server.CloneUrl(repository.Owner, repository.Name), folder);
        (await Git.RunAsync(clone, "rev-list", "--count", "--all")).Trim().Should().Be($"{commits}");
        var listed = (await Git.RunAsync(clone, "ls-tree", "-r", "-z", "--format=%(objectmode) %(path)", "HEAD"))
            .Split('\0', StringSplitOptions.RemoveEmptyEntries);
        listed.Should().BeEquivalentTo(
            scaffold.Files.Select(file => $"{(file.Executable ? "100755" : "100644")} {file.Path}"));
        foreach (var file in scaffold.Files)
        {
            var path = Path.Combine(clone, file.Path);
            (await File.ReadAllBytesAsync(path)).Should().Equal(file.Content.ToArray(), file.Path);
        }

        return clone;
    }
}

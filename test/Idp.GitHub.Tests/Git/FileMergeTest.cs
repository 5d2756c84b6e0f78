using System.Text;

namespace Idp.GitHub.Tests;

/// <summary>Merges of single files, beside what <c>git merge-file</c> makes of the same.</summary>
public sealed class FileMergeTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("merge-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "A\nb\nc\nd\nE\n")]
    [InlineData("a\nb\n", "a\nb\n", "a\nB\n", "a\nB\n")]
    [InlineData("a\nb\n", "a\nB\n", "a\nb\n", "a\nB\n")]
    [InlineData("a\nb\n", "a\nB\n", "a\nB\n", "a\nB\n")]
    [InlineData("a\nb\nc\n", "a\nB\nc\n", "a\nX\nc\n", null)]
    [InlineData("a\nb\nc\nd\n", "a\nB\nc\nd\n", "a\nb\nC\nd\n", null)]
    [InlineData("", "a\n", "b\n", null)]
    [InlineData("a\nb\nc\nd\n", "", "a\nb\nc\nD\n", null)]
    [InlineData("a\nb\nc", "A\nb\nc", "a\nb\nc\n", "A\nb\nc\n")]
    public void LinesAreMerged(string @base, string ours, string theirs, string? expected) => Merge(@base, ours, theirs).Should().Be(expected);

    [Theory]
    [InlineData("a\nb\nc\nd\n", "A\r\nb\r\nc\r\nd\r\n", "a\nb\nc\nD\n", "A\r\nb\r\nc\r\nD\r\n")]
    [InlineData("a\nb\n", "a\r\nb\r\n", "a\nB\n", "a\r\nB\r\n")]
    [InlineData("a\nb\n", "a\r\nb\r\n", "a\nb\n", "a\r\nb\r\n")]
    [InlineData("a\nb\n", "a\r\nX\r\n", "a\nB\n", null)]
    [InlineData("a\nb\nc\nd\n", "A\r\nb\nc\r\nd\r\n", "a\nb\nc\nD\n", null)]
    [InlineData("a\r\nb\r\nc\r\nd\r\n", "A\r\nb\r\nc\r\nd\r\n", "a\r\nb\r\nc\r\nD\r\n", "A\r\nb\r\nc\r\nD\r\n")]
    public void WhoConvertedAFile_StillGetsItsChanges_InItsLineEnds(string @base, string ours, string theirs, string? expected) =>
        Merge(@base, ours, theirs).Should().Be(expected);

    [Fact]
    public void BinaryFileThatBothChanged_IsAConflict_AndThatOfOneIsNot()
    {
        byte[] file = [0, 1, 2, 10, 3, 4, 10, 5], ours = [0, 9, 2, 10, 3, 4, 10, 5], theirs = [0, 1, 2, 10, 3, 4, 10, 9];

        FileMerge.Merge(file, ours, theirs).Content.Should().BeNull();
        FileMerge.Merge(file, file, theirs).Content.Should().Equal(theirs);
        FileMerge.Merge(file, ours, file).Content.Should().Equal(ours);
        FileMerge.Merge(file, theirs, theirs).Content.Should().Equal(theirs);
    }

    [Fact]
    public void BlobIsNamedAsGitDoes()
    {
        FileMerge.BlobOf(default).Should().Be("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        FileMerge.BlobOf("hello\n"u8.ToArray()).Should().Be("ce013625030ba8dba906f756967f9e9ca394464a");
    }

    [Fact]
    public void ManyAtOnceTakeNothingFromOneAnother() => Parallel.For(0, 200, number =>
    {
        var lines = Enumerable.Range(0, 20).Select(line => $"{number} {line}").ToList();
        var (ours, theirs) = ((List<string>)[.. lines], (List<string>)[.. lines]);
        (ours[2], theirs[17]) = ("ours", "theirs");
        List<string> expected = [.. ours];
        expected[17] = "theirs";

        Merge(Text(lines), Text(ours), Text(theirs)).Should().Be(Text(expected));
    });

    [Fact]
    public async Task AgreesWithGitOnWhateverIsChanged()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, random.Next(0, 40)).Select(_ => $"line {random.Next(12)}").ToList();
            var (@base, ours, theirs) = (Text(lines, random), Text(Changed(lines, random), random), Text(Changed(lines, random), random));

            Merge(@base, ours, theirs).Should().Be(await GitAsync(@base, ours, theirs), "seed {0}: {1}|{2}|{3}", seed, @base, ours, theirs);
        }
    }

    private static string? Merge(string @base, string ours, string theirs) =>
        FileMerge.Merge(Encoding.UTF8.GetBytes(@base), Encoding.UTF8.GetBytes(ours), Encoding.UTF8.GetBytes(theirs)).Content is { } merged
            ? Encoding.UTF8.GetString(merged)
            : null;

    private static List<string> Changed(List<string> lines, Random random)
    {
        List<string> changed = [.. lines];
        for (var left = random.Next(0, 4); left > 0; left--)
        {
            var at = random.Next(0, changed.Count + 1);
            switch (random.Next(3))
            {
                case 0:
                    changed.Insert(at, $"line {random.Next(12)}");
                    break;
                case 1 when at < changed.Count:
                    changed.RemoveAt(at);
                    break;
                case 2 when at < changed.Count:
                    changed[at] = $"new {random.Next(3)}";
                    break;
            }
        }

        return changed;
    }

    private static string Text(List<string> lines, Random? random = null) =>
        string.Join('\n', lines) + (lines.Count > 0 && random?.Next(8) != 0 ? "\n" : "");

    private async Task<string?> GitAsync(params string[] files)
    {
        var paths = files.Select((_, number) => Path.Combine(_folder.FullName, $"{number}")).ToList();
        for (var number = 0; number < files.Length; number++)
        {
            await File.WriteAllTextAsync(paths[number], files[number]);
        }

        var (exitCode, merged, _) = await Git.TryAsync(_folder.FullName, "merge-file", "-p", paths[1], paths[0], paths[2]);
        return exitCode == 0 ? merged : null;
    }
}

namespace Idp.CrdGenerator.Tests;

/// <summary>The generated files are their own golden files: UPDATE_GOLDEN=1 or <c>make generate</c> writes them anew.</summary>
public sealed class GeneratedFilesTest
{
    private static readonly string Root = RepositoryRoot.Find();

    public static TheoryData<string> Paths => [.. GeneratedFiles.All(Root).Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task AFileIsWhatTheCodeSays(string path)
    {
        var file = GeneratedFiles.All(Root).Single(file => file.Path == path);
        var full = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(full, file.Content);
        }

        (await File.ReadAllTextAsync(full)).Should().Be(file.Content, "make generate was not run after a change of {0}", path);
    }

    [Fact]
    public void GeneratingTwiceGivesTheSame() => GeneratedFiles.All(Root).Should().Equal(GeneratedFiles.All(Root));
}

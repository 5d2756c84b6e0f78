using System.Text;
using Idp.Testing.GoldenPaths;

namespace Idp.Sandbox.Tests.GoldenPaths;

/// <summary>The oracle against cases that were written by hand: what it says is what the fleet is held to.</summary>
public sealed class UpdateOracleTest : IDisposable
{
    private const string Path = "src/main.txt";
    private static readonly string Old = Numbered(20);
    private static readonly string New = Old.Replace("line 3\n", "line 3, new\n", StringComparison.Ordinal);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string?, string?, string?, FileClass, string?> OfContent => new()
    {
        // What the team has, what was brought, what is wanted, what has to come of it, and what is there then.
        { "nobody changed it", Old, Old, Old, FileClass.Unchanged, Old },
        { "the golden path changed it", Old, Old, New, FileClass.FastForward, New },
        { "the team has it so already", New, Old, New, FileClass.Unchanged, New },
        { "the team changed it", $"{Old}mine\n", Old, Old, FileClass.Unchanged, $"{Old}mine\n" },
        { "both did, apart", $"{Old}mine\n", Old, New, FileClass.Merged, $"{New}mine\n" },
        { "both did, the same line", Old.Replace("line 3\n", "line 3, mine\n"), Old, New, FileClass.Conflict, Old.Replace("line 3\n", "line 3, mine\n") },
        { "both did, the next line", Old.Replace("line 4\n", "line 4, mine\n"), Old, New, FileClass.Conflict, Old.Replace("line 4\n", "line 4, mine\n") },
        { "the team deleted it", null, Old, New, FileClass.TeamDeleted, null },
        { "the team deleted it, nothing new", null, Old, Old, FileClass.TeamDeleted, null },
        { "it is wanted no more", Old, Old, null, FileClass.Removed, null },
        { "it is wanted no more, and changed", $"{Old}mine\n", Old, null, FileClass.Conflict, $"{Old}mine\n" },
        { "it is wanted no more, and gone", null, Old, null, FileClass.Unchanged, null },
        { "it is new", null, null, New, FileClass.Added, New },
        { "it is new, and the team has it", New, null, New, FileClass.Unchanged, New },
        { "it is new, and the team has another", "mine\n", null, New, FileClass.Conflict, "mine\n" },
        { "converted", Crlf(Old), Old, New, FileClass.Merged, Crlf(New) },
        { "converted and changed", Crlf($"{Old}mine\n"), Old, New, FileClass.Merged, Crlf($"{New}mine\n") },
        { "converted and in conflict", Crlf(Old.Replace("line 3\n", "line 3, mine\n")), Old, New, FileClass.Conflict, Crlf(Old.Replace("line 3\n", "line 3, mine\n")) },
        { "no text, both changed", "a\0b", "a\0a", "a\0c", FileClass.Conflict, "a\0b" },
        { "no text, one changed", "a\0a", "a\0a", "a\0c", FileClass.FastForward, "a\0c" },
    };

    [Theory]
    [MemberData(nameof(OfContent))]
    public async Task ContentHasItsOutcome(string name, string? team, string? before, string? wanted, FileClass outcome, string? after)
    {
        var repository = await BeginAsync(before is null ? [] : [(Path, before)]);
        await SetAsync(repository, Path, team);

        var expected = await UpdateOracle.ExpectedAsync(repository, Wanted(wanted is null ? null : TemplateFile.Of(wanted)));

        expected.Outcomes.Should().Equal(new Dictionary<string, FileClass> { [Path] = outcome }, name);
        var there = expected.After(await repository.ReadAsync()).GetValueOrDefault(Path);
        (there is null ? null : Encoding.UTF8.GetString(there.Content)).Should().Be(after, name);
    }

    [Theory]
    [InlineData(false, false, true, FileClass.FastForward, "100755")]
    [InlineData(true, false, false, FileClass.Unchanged, "100755")]
    [InlineData(true, false, true, FileClass.Unchanged, "100755")]
    [InlineData(true, true, false, FileClass.FastForward, "100644")]
    public async Task ModeHasThreeWaysToo(bool team, bool before, bool wanted, FileClass outcome, string mode)
    {
        var repository = await BeginAsync((Path, Old, before));
        repository.SetExecutable(Path, team);
        await repository.CommitAsync("Mode");

        var expected = await UpdateOracle.ExpectedAsync(repository, Wanted(TemplateFile.Of(Old, wanted)));

        (expected.Outcomes[Path], expected.After(await repository.ReadAsync())[Path].Mode).Should().Be((outcome, mode));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task ModeOfOne_AndLinesOfTheOther_GoTogether(bool team, bool wanted)
    {
        var repository = await BeginAsync((Path, Old));
        repository.Write(Path, Encoding.UTF8.GetBytes(team ? Old : $"{Old}mine\n"), team);
        await repository.CommitAsync("Both");

        var expected = await UpdateOracle.ExpectedAsync(repository, Wanted(TemplateFile.Of(team ? New : Old, wanted)));

        var after = expected.After(await repository.ReadAsync())[Path];
        (expected.Outcomes[Path], after.Mode, Encoding.UTF8.GetString(after.Content)).Should().Be((FileClass.Merged, "100755", team ? New : $"{Old}mine\n"));
    }

    [Theory]
    [InlineData(false, true, FileClass.Renamed)]
    [InlineData(true, true, FileClass.Renamed)]
    [InlineData(true, false, FileClass.Unchanged)]
    public async Task MovedFileIsFollowed(bool changes, bool isNew, FileClass outcome)
    {
        var repository = await BeginAsync((Path, Old));
        repository.Delete(Path);
        var team = changes ? $"{Old}mine\n" : Old;
        await SetAsync(repository, "lib/other.txt", team);

        var expected = await UpdateOracle.ExpectedAsync(repository, Wanted(TemplateFile.Of(isNew ? New : Old)));

        expected.Files.Single().Should().BeEquivalentTo(new { Path, Place = "lib/other.txt", Outcome = outcome });
        Encoding.UTF8.GetString(expected.After(await repository.ReadAsync())["lib/other.txt"].Content).Should().Be(isNew ? New + team[Old.Length..] : team);
    }

    [Fact]
    public async Task MovedFileCanBeInConflict_AndOneThatIsNoMoreWantedStays()
    {
        var repository = await BeginAsync((Path, Old), ("gone.txt", Numbered(20, "other")));
        repository.Delete(Path);
        repository.Delete("gone.txt");
        repository.Write("kept.txt", Encoding.UTF8.GetBytes(Numbered(20, "other")));
        await SetAsync(repository, "lib/other.txt", Old.Replace("line 3\n", "line 3, mine\n", StringComparison.Ordinal));

        var expected = await UpdateOracle.ExpectedAsync(repository, Wanted(TemplateFile.Of(New)));

        expected.Outcomes.Should().Equal(new Dictionary<string, FileClass> { [Path] = FileClass.Conflict, ["gone.txt"] = FileClass.Conflict });
        expected.HasContent.Should().BeFalse();
    }

    [Theory]
    [InlineData(true, true, FileClass.Conflict)]
    [InlineData(true, false, FileClass.Unchanged)]
    [InlineData(false, true, FileClass.Conflict)]
    [InlineData(false, false, FileClass.Unchanged)]
    public async Task LinkOrFolderInPlaceOfAFile(bool isLink, bool isNew, FileClass outcome)
    {
        var repository = await BeginAsync((Path, Old));
        repository.Delete(Path);
        if (isLink)
        {
            File.CreateSymbolicLink(repository.Git.File(Path), "elsewhere");
        }
        else
        {
            repository.Write($"{Path}/notes", "mine"u8.ToArray());
        }

        await repository.CommitAsync("Instead");
        var expected = await UpdateOracle.ExpectedAsync(repository, Wanted(TemplateFile.Of(isNew ? New : Old)));

        (expected.Outcomes[Path], expected.HasContent).Should().Be((outcome, false));
    }

    [Fact]
    public async Task FileThatIsLaidOnce_IsTheTeamsFromThenOn()
    {
        var repository = await BeginAsync(("other.txt", Old));
        var wanted = Wanted(TemplateFile.Of(Old, once: true)).With("other.txt", TemplateFile.Of(Old));
        var first = await UpdateOracle.ExpectedAsync(repository, wanted);
        first.Outcomes[Path].Should().Be(FileClass.Added);
        await SetAsync(repository, Path, Old);
        repository.Accept(first);

        (await UpdateOracle.ExpectedAsync(repository, wanted.With(Path, TemplateFile.Of(New, once: true)))).Outcomes[Path].Should().Be(FileClass.TeamOwned);
    }

    [Fact]
    public async Task AdoptedRepository_GetsWhatIsMissing_AndNothingElse()
    {
        var repository = await FleetRepository.AdoptAsync(_folder.FullName, (Path, "mine\n"), ("same.txt", Old));

        var expected = await UpdateOracle.ExpectedAsync(repository, TemplateVersion.Of("1.0.0", (Path, New), ("same.txt", Old), ("missing.txt", Old)));

        expected.Outcomes.Should().Equal(new Dictionary<string, FileClass>
        {
            ["missing.txt"] = FileClass.Added,
            ["same.txt"] = FileClass.Unchanged,
            [Path] = FileClass.TeamOwned,
        });
    }

    [Fact]
    public async Task AConflictKeepsItsOwnBase_UntilItGoesTogether()
    {
        var repository = await BeginAsync((Path, Old));
        await SetAsync(repository, Path, Old.Replace("line 3\n", "line 3, mine\n", StringComparison.Ordinal));
        var conflict = await UpdateOracle.ExpectedAsync(repository, Wanted(TemplateFile.Of(New)));
        conflict.Outcomes[Path].Should().Be(FileClass.Conflict);

        repository.Accept(conflict);

        Encoding.UTF8.GetString(repository.Bases[Path].Content).Should().Be(Old);
        var back = Old.Replace("line 18\n", "line 18, newer\n", StringComparison.Ordinal);
        (await UpdateOracle.ExpectedAsync(repository, Wanted(TemplateFile.Of(back)))).Outcomes[Path].Should().Be(FileClass.Merged);
    }

    [Fact]
    public async Task NewFileIsNotLaidWhereSomethingIsInItsWay()
    {
        var repository = await BeginAsync(("other.txt", Old));
        await SetAsync(repository, "SRC/Main.txt", "mine\n");

        (await UpdateOracle.ExpectedAsync(repository, Wanted(TemplateFile.Of(New)).With("other.txt", TemplateFile.Of(Old)))).Outcomes[Path].Should().Be(FileClass.Conflict);
    }

    [Theory]
    [InlineData("a\nb\n", "a\nx\nx\nb\n", "a\nx\nb\n", new[] { "x" })]
    [InlineData("a\nb\n", "a\nx\nb\n", "a\r\nx\r\nb\r\n", new string[0])]
    [InlineData("a\nb\n", "a\n", "", new string[0])]
    public void LineThatIsLostIsNoticed(string before, string team, string after, string[] missing) => MergeOracle.MissingLines(
        Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(team), Encoding.UTF8.GetBytes(after)).Should().Equal(missing);

    private static TemplateVersion Wanted(TemplateFile? file) => new TemplateVersion("1.1.0", new Dictionary<string, TemplateFile>()).With(Path, file);

    private static string Numbered(int count, string what = "line") => string.Concat(Enumerable.Range(0, count).Select(number => $"{what} {number}\n"));

    private static string Crlf(string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal);

    private Task<FleetRepository> BeginAsync(params (string Path, string Text)[] files) => FleetRepository.BeginAsync(_folder.FullName, TemplateVersion.Of("1.0.0", files));

    private Task<FleetRepository> BeginAsync((string Path, string Text, bool Executable) file) => FleetRepository.BeginAsync(
        _folder.FullName, TemplateVersion.Of("1.0.0").With(file.Path, TemplateFile.Of(file.Text, file.Executable)));

    private static async Task SetAsync(FleetRepository repository, string path, string? text)
    {
        if (text is not null)
        {
            repository.Write(path, Encoding.UTF8.GetBytes(text));
        }
        else if (File.Exists(repository.Git.File(path)))
        {
            repository.Delete(path);
        }

        await repository.CommitAsync("The team's");
    }
}

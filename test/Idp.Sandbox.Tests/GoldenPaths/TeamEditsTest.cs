using Idp.Testing.GoldenPaths;

namespace Idp.Sandbox.Tests.GoldenPaths;

/// <summary>The edits of the fleet's teams: each comes to what it is there for, and all of them together to every outcome.</summary>
public sealed class TeamEditsTest : IDisposable
{
    private static readonly IReadOnlyList<TemplateVersion> Versions = TemplateHistory.Make(seed: 7, versions: 4);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(TeamEdit.ChangeFar, FileClass.Merged, FileClass.Unchanged)]
    [InlineData(TeamEdit.ChangeNear, FileClass.Conflict)]
    [InlineData(TeamEdit.ChangeSame, FileClass.Conflict)]
    [InlineData(TeamEdit.ChangeAlike, FileClass.Unchanged)]
    [InlineData(TeamEdit.Move, FileClass.Renamed, FileClass.Unchanged, FileClass.Conflict)]
    [InlineData(TeamEdit.MoveAndChange, FileClass.Renamed, FileClass.Unchanged, FileClass.Conflict)]
    [InlineData(TeamEdit.Delete, FileClass.TeamDeleted, FileClass.Unchanged, FileClass.TeamOwned)]
    [InlineData(TeamEdit.ChangeMode, FileClass.Merged, FileClass.Unchanged, FileClass.Conflict, FileClass.TeamOwned)]
    [InlineData(TeamEdit.ConvertLineEnds, FileClass.Merged, FileClass.Unchanged, FileClass.Conflict, FileClass.TeamOwned)]
    [InlineData(TeamEdit.ReplaceBytes, FileClass.Conflict, FileClass.Unchanged, FileClass.Merged)]
    [InlineData(TeamEdit.Revert, FileClass.FastForward, FileClass.Unchanged, FileClass.Removed, FileClass.TeamOwned)]
    [InlineData(TeamEdit.AddBefore, FileClass.Conflict)]
    [InlineData(TeamEdit.AddAlike, FileClass.Unchanged)]
    [InlineData(TeamEdit.Link, FileClass.Conflict, FileClass.Unchanged, FileClass.TeamOwned)]
    [InlineData(TeamEdit.Folder, FileClass.Conflict, FileClass.Unchanged, FileClass.TeamOwned)]
    public async Task EditComesToWhatItIsThereFor(TeamEdit edit, params FileClass[] outcomes)
    {
        var found = new HashSet<FileClass>();
        for (var seed = 0; seed < 4; seed++)
        {
            var repository = await BeginAsync($"{seed}");
            var untouched = (await UpdateOracle.ExpectedAsync(repository, Versions[1])).Outcomes;
            var before = await repository.ReadAsync();
            (await TeamEdits.ApplyAsync(repository, Versions[1], edit, seed)).Should().BeTrue();

            var expected = await UpdateOracle.ExpectedAsync(repository, Versions[1]);

            var after = await repository.ReadAsync();
            var edited = edit == TeamEdit.Revert ? untouched.Keys : untouched.Keys.Where(path => !Same(before.GetValueOrDefault(path), after.GetValueOrDefault(path)));
            edited.Should().NotBeEmpty();
            found.UnionWith(edited.Select(path => expected.Outcomes[path]).Where(each => edit != TeamEdit.Revert || outcomes.Contains(each)));
            expected.Outcomes.Where(each => !edited.Contains(each.Key)).Should().BeSubsetOf(untouched, "it touched nothing else");
        }

        found.Should().NotBeEmpty().And.BeSubsetOf(outcomes);
    }

    [Fact]
    public async Task SameSeedMakesTheSameEdits()
    {
        var (one, other) = (await BeginAsync("one"), await BeginAsync("other"));

        (await TeamEdits.ApplyAsync(one, Versions[1], 3)).Should().Equal(await TeamEdits.ApplyAsync(other, Versions[1], 3)).And.NotBeEmpty();

        (await one.Git.RunAsync("rev-parse", "HEAD^{tree}")).Should().Be(await other.Git.RunAsync("rev-parse", "HEAD^{tree}"));
    }

    [Fact]
    public async Task ThroughThreeVersions_EveryOutcomeComes_AndNoLineOfATeamIsLost()
    {
        var counts = new Dictionary<FileClass, int>();
        for (var seed = 0; seed < 12; seed++)
        {
            var repository = await BeginAsync($"{seed}");
            foreach (var (next, round) in Versions.Skip(1).Select((version, round) => (version, round)))
            {
                await TeamEdits.ApplyAsync(repository, next, (seed * 10) + round);
                var team = await repository.ReadAsync();
                var expected = await UpdateOracle.ExpectedAsync(repository, next);
                foreach (var (outcome, count) in expected.Counts)
                {
                    counts[outcome] = counts.GetValueOrDefault(outcome) + count;
                }

                await MergeAsync(repository, team, expected);
            }
        }

        counts.Keys.Should().BeEquivalentTo(Enum.GetValues<FileClass>(), "each comes at least once in {0}", string.Join(", ", counts));
    }

    private Task<FleetRepository> BeginAsync(string name) => FleetRepository.BeginAsync(Path.Combine(_folder.FullName, name), Versions[0]);

    /// <summary>Does what the operator's pull request would, once it is merged.</summary>
    private static async Task MergeAsync(FleetRepository repository, IReadOnlyDictionary<string, TeamFile> team, ExpectedUpdate expected)
    {
        foreach (var file in expected.Files)
        {
            if (file.Written is { } written)
            {
                var before = repository.Bases.GetValueOrDefault(file.Path)?.Content ?? [];
                MergeOracle.MissingLines(before, team.GetValueOrDefault(file.Place)?.Content ?? [], written.Content).Should().BeEmpty(file.Path);
                repository.Write(file.Place, written.Content, written.Executable);
            }
            else if (file.Outcome == FileClass.Removed)
            {
                repository.Delete(file.Place);
            }
        }

        await repository.CommitAsync("Merge the golden path");
        repository.Accept(expected);
    }

    private static bool Same(TeamFile? one, TeamFile? other) =>
        one?.Mode == other?.Mode && (one?.Content ?? []).AsSpan().SequenceEqual(other?.Content ?? []);
}

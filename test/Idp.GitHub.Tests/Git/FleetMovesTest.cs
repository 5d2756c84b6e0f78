using System.Text;
using Idp.Testing.GoldenPaths;

namespace Idp.GitHub.Tests;

/// <summary>What is merged and what is found moved in a fleet's repositories is what git itself says.</summary>
public sealed class FleetMovesTest : IAsyncLifetime
{
    private const string Main = "refs/heads/main";
    private static readonly TeamEdit[] Moves = [TeamEdit.Move, TeamEdit.MoveAndChange, TeamEdit.Delete, TeamEdit.Folder, TeamEdit.Link, TeamEdit.AddOwn];
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task MovedFilesAreWhereGitFindsThem()
    {
        var moved = 0;
        for (var seed = 0; seed < 6; seed++)
        {
            var versions = TemplateHistory.Make(seed, 2);
            var (repository, clone) = await LayAsync($"moves-{seed}", versions[0]);
            foreach (var (edit, number) in Moves.Select((edit, number) => (edit, number)))
            {
                await TeamEdits.ApplyAsync(clone, versions[1], edit, (seed * 10) + number);
            }

            await clone.PushAsync();
            using var fetched = await _world.Client.FetchAsync(repository, [Main], default);
            var blobs = clone.Bases.ToDictionary(file => file.Key, file => fetched.Keep(file.Value.Content));
            var known = clone.Bases.Keys.Concat(versions[1].Files.Keys).ToHashSet(StringComparer.Ordinal);

            var found = fetched.FindMoved(blobs, Main, known);

            var expected = (await UpdateOracle.ExpectedAsync(clone, versions[1])).Files.Where(file => file.Place != file.Path);
            found.Should().Equal(expected.ToDictionary(file => file.Path, file => file.Place), "seed {0}", seed);
            moved += found.Count;
        }

        moved.Should().BeGreaterThan(6);
    }

    [Fact]
    public async Task FilesOfTheFleetAreMergedAsGitMergesThem()
    {
        var merged = 0;
        for (var seed = 0; seed < 8; seed++)
        {
            var versions = TemplateHistory.Make(seed, 2);
            var clone = await FleetRepository.BeginAsync(Path.Combine(_world.Folder, $"merge-{seed}"), versions[0]);
            await TeamEdits.ApplyAsync(clone, versions[1], seed);
            foreach (var (path, team) in await clone.ReadAsync())
            {
                if (team.IsPlain && clone.Bases.TryGetValue(path, out var before) && versions[1].Files.TryGetValue(path, out var wanted))
                {
                    var expected = (await MergeOracle.MergeAsync(clone.Git, before, team, wanted))?.Content;

                    var content = FileMerge.Merge(before.Content, team.Content, wanted.Content).Content;

                    Text(content).Should().Be(Text(expected), "seed {0}: {1}", seed, path);
                    merged += team.IsSame(before) ? 0 : 1;
                }
            }
        }

        merged.Should().BeGreaterThan(5);

        static string? Text(byte[]? content) => content is null ? null : Encoding.Latin1.GetString(content);
    }

    private async Task<(Repository Repository, FleetRepository Clone)> LayAsync(string name, TemplateVersion version)
    {
        var repository = await _world.CreateAsync(name);
        var files = version.Files.Select(file => new RepositoryFile { Path = file.Key, Content = file.Value.Content, Executable = file.Value.Executable });
        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich with { Files = [.. files] }, default);
        return (repository, await FleetRepository.CloneAsync(new Uri(_world.PushUrl(name)), Path.Combine(_world.Folder, name), version));
    }
}

using System.Text;

namespace Idp.GitHub.Tests;

/// <summary>Where files are found that were moved.</summary>
public sealed class MovedFilesTest : IAsyncLifetime
{
    private const string Main = "refs/heads/main";
    private static readonly string Long = string.Concat(Enumerable.Range(0, 40).Select(number => $"this is line {number} of a file\n"));
    private static readonly string Other = string.Concat(Enumerable.Range(0, 40).Select(number => $"something else altogether, {number * 7919}\n"));
    private World _world = null!;
    private FetchedRepository _fetched = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync()
    {
        _fetched?.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task EqualFileIsFoundAtItsNewPlace()
    {
        await LayAsync(("docs/a.md", Long), ("b.md", Other));

        Find(("a.md", Long)).Should().Equal(new Dictionary<string, string> { ["a.md"] = "docs/a.md" });
    }

    [Fact]
    public async Task AlikeFileIsFound_AndOneThatIsNotAlike_IsNot()
    {
        await LayAsync(("moved.txt", Long.Replace("line 7 ", "another line ", StringComparison.Ordinal)), ("new.txt", Long[..(Long.Length / 4)] + Other));

        Find(("a.txt", Long), ("b.txt", Other[..200])).Should().Equal(new Dictionary<string, string> { ["a.txt"] = "moved.txt" });
    }

    [Fact]
    public async Task FileThatIsStillThere_WasNotMoved_NorToWhereOthersAreKnownToBe()
    {
        await LayAsync(("a", Long), ("copy", Long), ("known", Other));

        Find(("a", Long)).Should().BeEmpty();
        _fetched.FindMoved(Kept([("b", Other)]), Main, new HashSet<string> { "known" }).Should().BeEmpty();
        Find(("b", Other)).Should().ContainKey("b");
    }

    [Fact]
    public async Task SameNameComesFirst_AndNoFileIsWhereTwoWere()
    {
        await LayAsync(("z/one", Long), ("a/two", Long));

        Find(("one", Long), ("two", Long), ("three", Long)).Should().Equal(new Dictionary<string, string> { ["one"] = "z/one", ["two"] = "a/two" });
    }

    [Fact]
    public async Task EmptyFileIsLikeAnyOther_SoNoneIsLookedFor()
    {
        await LayAsync(("src/app/__init__.py", ""));

        Find(("src/old/__init__.py", "")).Should().BeEmpty();
    }

    [Fact]
    public async Task ShortFilesAreFoundToo()
    {
        await LayAsync(("deploy/app.yaml", "kind: Service\nname: app\nport: 80\ntype: ClusterIP\nteam: payments\n"));

        Find(("app.yaml", "kind: Service\nname: app\nport: 80\ntype: ClusterIP\nteam: billing\n")).Should().ContainKey("app.yaml");
    }

    private Dictionary<string, string> Kept((string Path, string Text)[] files) =>
        files.ToDictionary(file => file.Path, file => _fetched.Keep(Encoding.UTF8.GetBytes(file.Text)));

    private IReadOnlyDictionary<string, string> Find(params (string Path, string Text)[] files) =>
        _fetched.FindMoved(Kept(files), Main, new HashSet<string>());

    private async Task LayAsync(params (string Path, string Text)[] files)
    {
        var repository = await _world.CreateAsync();
        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich with { Files = [.. files.Select(file => RepositoryFile.Text(file.Path, file.Text))] }, default);
        _fetched = await _world.Client.FetchAsync(repository, [Main], default);
    }
}

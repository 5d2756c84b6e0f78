using System.Text;

namespace Idp.GitHub.Tests;

/// <summary>What is fetched of a repository, and how far it is read.</summary>
public sealed class FetchTest : IAsyncLifetime
{
    private const string Main = "refs/heads/main";
    private const string Hidden = "refs/idp/golden-path";
    private World _world = null!;
    private Repository _repository = null!;
    private string _head = "";

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync();
        _repository = await _world.CreateAsync();
        _head = await _world.Client.CommitScaffoldAsync(_repository, Scaffolds.Rich, default);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task EveryFileIsThereWithItsBytesAndItsMode()
    {
        using var fetched = await FetchAsync(Main);

        var files = fetched.FilesOf(Main);
        fetched.CommitOf(Main).Should().Be(_head);
        files.Keys.Should().BeEquivalentTo(Scaffolds.Rich.Files.Select(file => file.Path));
        foreach (var file in Scaffolds.Rich.Files)
        {
            files[file.Path].Should().Be(new TreeFile(FileMerge.BlobOf(file.Content), file.Executable ? TreeFileMode.Executable : TreeFileMode.Regular));
            fetched.Read(files[file.Path].Blob).Should().Equal(file.Content.ToArray());
        }
    }

    [Fact]
    public async Task OneRequestForAllReferences_AndThoseThatAreNotThereAreAbsent()
    {
        using (var begin = await FetchAsync(Main))
        {
            await _world.Client.PushAsync(begin, Push(_head) with { Aside = AsideOf("lock") }, default);
        }

        var before = _world.Calls.All.Count;
        using var fetched = await FetchAsync(Main, "refs/heads/idp/golden-path", Hidden, "refs/heads/nowhere");

        _world.Calls.All.Skip(before).Select(call => call.Operation).Should().Equal("git_fetch_refs", "git_fetch");
        (fetched.CommitOf("refs/heads/nowhere"), fetched.FilesOf("refs/heads/nowhere").Count).Should().Be((null, 0));
        fetched.FilesOf("refs/heads/idp/golden-path").Should().HaveCount(Scaffolds.Rich.Files.Count + 1);
        fetched.FilesOf(Hidden).Keys.Should().Equal("lock");
        fetched.CommitOf(Hidden).Should().NotBeNull();
    }

    [Fact]
    public async Task NothingOlderThanTheLastCommitIsFetched()
    {
        await _world.Client.CommitFileAsync(_repository, AFile("README.md", "new"), default);

        using var fetched = await FetchAsync(Main);

        fetched.HasBlob(FileMerge.BlobOf(Scaffolds.Rich.Files[0].Content)).Should().BeFalse("the old one was replaced");
        fetched.HasBlob(fetched.FilesOf(Main)["README.md"].Blob).Should().BeTrue();

        var pushed = await _world.Client.PushAsync(fetched, Push(fetched.CommitOf(Main)), default);
        var clone = await Git.CloneAsync(_world.Server.CloneUrl("acme", "payment-service"), Path.Combine(_world.Folder, "clone"));
        (await Git.RunAsync(clone, "rev-list", "--count", pushed)).Trim().Should().Be("3", "on the server nothing of the history is lost");
    }

    [Fact]
    public async Task RepositoryWithoutAnythingIsFetchedToo()
    {
        using var fetched = await _world.Client.FetchAsync(await _world.CreateAsync("empty"), [Main], default);

        (fetched.CommitOf(Main), fetched.FilesOf(Main).Count).Should().Be((null, 0));
    }

    [Fact]
    public async Task LinksAndSubmodulesAreSaidToBeSo_AndNotFollowed()
    {
        var clone = await Git.CloneAsync(_world.Server.CloneUrl("acme", "payment-service"), Path.Combine(_world.Folder, "clone"));
        File.CreateSymbolicLink(Path.Combine(clone, "link"), "/etc/passwd");
        await Git.RunAsync(clone, "add", "-A");
        await Git.RunAsync(clone, "update-index", "--add", "--cacheinfo", $"160000,{_head},other");
        await Git.RunAsync(clone, "commit", "-qm", "Link");
        await Git.RunAsync(clone, "push", "-q", _world.PushUrl("payment-service"), "main");

        using var fetched = await FetchAsync(Main);

        var files = fetched.FilesOf(Main);
        (files["link"].Mode, files["other"]).Should().Be((TreeFileMode.SymbolicLink, new TreeFile(_head, TreeFileMode.Submodule)));
        Encoding.UTF8.GetString(fetched.Read(files["link"].Blob)!).Should().Be("/etc/passwd");
        (fetched.HasBlob(_head), fetched.Read(_head)).Should().Be((false, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("main")]
    [InlineData("0123456789abcdef0123456789abcdef01234567")]
    public async Task WhatIsNoBlobIsNotRead(string blob)
    {
        using var fetched = await FetchAsync(Main);

        (fetched.HasBlob(blob), fetched.Read(blob)).Should().Be((false, null));
    }

    [Fact]
    public async Task MoreThanTheBounds_IsNotRead()
    {
        var many = Enumerable.Range(0, FetchedRepository.MaxEntries + 1).Select(number => RepositoryFile.Text($"f{number}", "x"));
        var large = new RepositoryFile { Path = "large", Content = new byte[FetchedRepository.MaxFile + 1] };
        using var fetched = await FetchAsync(Main);
        var wide = await _world.Client.PushAsync(fetched, Push(null) with { Branch = "wide", Files = [.. many] }, default);
        await _world.Client.PushAsync(fetched, Push(null) with { Branch = "large", Files = [large] }, default);

        using var again = await FetchAsync("refs/heads/wide", "refs/heads/large");

        again.CommitOf("refs/heads/wide").Should().Be(wide);
        FluentActions.Invoking(() => again.FilesOf("refs/heads/wide")).Should().Throw<AnswerTooLargeException>().WithMessage("*acme/payment-service*");
        var blob = again.FilesOf("refs/heads/large")["large"].Blob;
        FluentActions.Invoking(() => again.Read(blob)).Should().Throw<AnswerTooLargeException>();
        again.HasBlob(blob).Should().BeTrue();
    }

    [Fact]
    public async Task CommitThatIsTooLarge_IsNotFetchedWhole()
    {
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        using (var fetched = await FetchAsync(Main))
        {
            await _world.Client.PushAsync(fetched, Push(_head) with { Files = [new RepositoryFile { Path = "noise", Content = noise }] }, default);
        }

        var fetch = () => _world.NewClient(options => options with { FetchLimit = 50_000 }).FetchAsync(_repository, ["refs/heads/idp/golden-path"], default);

        await fetch.Should().ThrowAsync<AnswerTooLargeException>();
        Directory.Exists(Path.Combine(_world.Folder, "objects")).Should().BeFalse("nothing is left of it");
    }

    [Theory]
    [InlineData("main")]
    [InlineData("refs/heads/")]
    [InlineData("refs/main")]
    [InlineData("refs/heads/a b")]
    [InlineData("refs/heads/*")]
    public async Task WhatIsNoReferenceIsNotAskedFor(string reference)
    {
        var fetch = () => FetchAsync(reference);

        await fetch.Should().ThrowAsync<GitHubValidationException>();
    }

    private static FileCommit AFile(string path, string text) =>
        new() { Author = Scaffolds.Author, Path = path, Message = "Change", Content = Encoding.UTF8.GetBytes(text) };

    private static BranchPush Push(string? parent) => new()
    {
        Branch = "idp/golden-path",
        Parent = parent,
        Files = [RepositoryFile.Text("new", "x")],
        Message = "Update",
        Author = Scaffolds.Author,
    };

    private static HiddenReference AsideOf(string path) => new() { Reference = Hidden, Files = [RepositoryFile.Text(path, "1")], Message = "Keep" };

    private Task<FetchedRepository> FetchAsync(params string[] references) => _world.Client.FetchAsync(_repository, references, default);
}

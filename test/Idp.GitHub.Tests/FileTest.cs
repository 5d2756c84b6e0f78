using System.Text;

namespace Idp.GitHub.Tests;

public sealed class FileTest : IAsyncLifetime
{
    private World _world = null!;
    private Repository _repository = null!;

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync();
        _repository = await _world.CreateAsync();
        await _world.Client.CommitScaffoldAsync(_repository, Scaffolds.Rich, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task EveryFileOfTheScaffoldIsReadAsItWasWritten()
    {
        foreach (var file in Scaffolds.Rich.Files.Where(file => file.Path != "logo.png"))
        {
            var text = await _world.Client.ReadFileAsync(_repository, file.Path, "main", 4_000_000, CancellationToken.None);

            text.Should().Be(Encoding.UTF8.GetString(file.Content.Span), file.Path);
        }
    }

    [Fact]
    public async Task FileAboveOneMegabyteIsReadWhole()
    {
        var text = string.Concat(Enumerable.Repeat("0123456789abcdef", 80_000));
        await CommitAsync("large.txt", text);

        (await _world.Client.ReadFileAsync(_repository, "large.txt", null, 4_000_000, CancellationToken.None)).Should().Be(text);
    }

    [Fact]
    public async Task NewFileBecomesACommitOnTop()
    {
        var before = await _world.Client.FindHeadAsync(_repository, "main", CancellationToken.None);

        var sha = await CommitAsync(".idp/owner.yaml", "uid: 1\n");

        var clone = await Git.CloneAsync(_world.Server.CloneUrl("acme", "payment-service"), Path.Combine(_world.Folder, "clone"));
        var commit = await Git.RunAsync(clone, "log", "-1", "--format=%H|%P|%s|%an|%ae|%at", "HEAD");
        var date = new DateTimeOffset(2026, 2, 28, 21, 59, 58, TimeSpan.Zero).ToUnixTimeSeconds();
        commit.Trim().Should().Be($"{sha}|{before}|Write .idp/owner.yaml|{Scaffolds.Author.Name}|{Scaffolds.Author.Email}|{date}");
        (await ReadAsync(".idp/owner.yaml")).Should().Be("uid: 1\n");
    }

    [Fact]
    public async Task ChangedFileIsReplaced_AndTheSameFileIsNotWritten()
    {
        await CommitAsync(".idp/owner.yaml", "uid: 1\n");
        await CommitAsync(".idp/owner.yaml", "uid: 2\n");
        _world.Server.Requests.Reset();

        var again = await CommitAsync(".idp/owner.yaml", "uid: 2\n");

        again.Should().BeNull();
        _world.Server.Requests.Writes.Should().Be(0);
        (await ReadAsync(".idp/owner.yaml")).Should().Be("uid: 2\n");
    }

    [Fact]
    public async Task MarkerCanBeTheFirstCommitOfAnEmptyRepository()
    {
        _repository = await _world.CreateAsync("adopted");

        var sha = await CommitAsync(".idp/owner.yaml", "uid: 1\n");

        (await _world.Client.FindHeadAsync(_repository, "main", CancellationToken.None)).Should().Be(sha);
    }

    [Fact]
    public async Task PathsTravelWithTheirSlashesEscaped()
    {
        await ReadAsync("src/app/main.py");

        var log = await Logs.ReadAsync(_world);
        log.Should().Contain(" GET /repos/acme/payment-service/contents/src%2Fapp%2Fmain.py?ref=main 200");
        log.Should().Contain(" POST /acme/payment-service.git/git-receive-pack 200");
    }

    private Task<string?> CommitAsync(string path, string text) => _world.Client.CommitFileAsync(
        _repository,
        new FileCommit { Path = path, Message = $"Write {path}", Author = Scaffolds.Author, Content = Encoding.UTF8.GetBytes(text) },
        CancellationToken.None);

    private Task<string?> ReadAsync(string path) => _world.Client.ReadFileAsync(
        _repository, path, "main", 4_000_000, CancellationToken.None);
}

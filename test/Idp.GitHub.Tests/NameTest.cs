namespace Idp.GitHub.Tests;

public sealed class NameTest : IDisposable
{
    private readonly ScriptedHandler _handler = new(_ => ScriptedHandler.Json(404, """{"message":"Not Found"}"""));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("%2e")]
    [InlineData("%2e%2e")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\\b")]
    [InlineData("größe")]
    [InlineData("name.git")]
    public async Task HostileRepositoryNameIsRefusedBeforeAnythingIsSent(string name)
    {
        var find = () => _handler.Client().FindRepositoryAsync("acme", name, CancellationToken.None);
        var create = () => _handler.Client().CreateRepositoryAsync(
            "acme", new NewRepository { Name = name }, CancellationToken.None);

        await ShouldBeRefusedAsync(find);
        await ShouldBeRefusedAsync(create);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("%2e")]
    [InlineData("-acme")]
    [InlineData("acme-")]
    [InlineData("ac--me")]
    [InlineData("ac.me")]
    [InlineData("acme\n")]
    [InlineData("this-name-has-more-than-thirty-nine-characters")]
    public async Task HostileOwnerIsRefusedBeforeAnythingIsSent(string owner)
    {
        var find = () => _handler.Client().FindRepositoryAsync(owner, "x", CancellationToken.None);

        await ShouldBeRefusedAsync(find);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a/./b")]
    [InlineData(".git/config")]
    [InlineData("a/.GIT/config")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    public async Task HostileFilePathIsRefusedBeforeAnythingIsSent(string path)
    {
        var read = () => _handler.Client().ReadFileAsync(ARepository, path, null, 4_000_000, CancellationToken.None);
        var scaffold = () => _handler.Client().CommitScaffoldAsync(
            ARepository, Scaffolds.Rich with { Files = [RepositoryFile.Text(path, "x")] }, CancellationToken.None);

        await ShouldBeRefusedAsync(read);
        await ShouldBeRefusedAsync(scaffold);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a.lock")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("-a")]
    [InlineData("@")]
    [InlineData("a@{1}")]
    public async Task HostileBranchIsRefusedBeforeAnythingIsSent(string branch)
    {
        var find = () => _handler.Client().FindHeadAsync(ARepository, branch, CancellationToken.None);

        await ShouldBeRefusedAsync(find);
    }

    [Fact]
    public async Task ScaffoldThatGitCannotHoldIsRefusedBeforeAnythingIsSent()
    {
        Scaffold[] scaffolds =
        [
            Scaffolds.Rich with { Files = [] },
            Scaffolds.Rich with { Message = " " },
            Scaffolds.Rich with { Files = [RepositoryFile.Text("a", "1"), RepositoryFile.Text("a", "2")] },
            Scaffolds.Rich with { Files = [RepositoryFile.Text("a/b", "1"), RepositoryFile.Text("a", "2")] },
        ];
        foreach (var scaffold in scaffolds)
        {
            var write = () => _handler.Client().CommitScaffoldAsync(ARepository, scaffold, CancellationToken.None);

            await ShouldBeRefusedAsync(write);
        }
    }

    [Theory]
    [InlineData("acme", "payment-service")]
    [InlineData("Acme-2", ".github")]
    [InlineData("jane_corp", "a")]
    [InlineData("a", "...")]
    [InlineData("a", "x.gitx_-")]
    public async Task NameThatGitHubAllowsIsSent(string owner, string name)
    {
        (await _handler.Client().FindRepositoryAsync(owner, name, CancellationToken.None)).Should().BeNull();

        _handler.Asked.Single().Address.AbsolutePath.Should().Be($"/repos/{owner}/{name}");
    }

    [Fact]
    public async Task OddBranchesAndFilesStayInTheirPlaceOfThePath()
    {
        await _handler.Client().FindHeadAsync(ARepository, "feature/100%-#1", CancellationToken.None);
        await _handler.Client().ReadFileAsync(ARepository, "a b/ü?#%2e.md", "a&b=c", 4_000_000, CancellationToken.None);

        _handler.Asked.Select(asked => asked.Address.PathAndQuery).Should().Equal(
            "/repos/acme/x/branches/feature%2F100%25-%231",
            "/repos/acme/x/contents/a%20b%2F%C3%BC%3F%23%252e.md?ref=a%26b%3Dc");
    }

    private static readonly Repository ARepository = new()
    {
        Id = 7,
        Owner = "acme",
        Name = "x",
        DefaultBranch = "main",
        HtmlUrl = "",
        CloneUrl = "",
    };

    public void Dispose() => _handler.Dispose();

    private async Task ShouldBeRefusedAsync(Func<Task> call)
    {
        var error = (await call.Should().ThrowAsync<GitHubValidationException>()).Which;
        error.IsTerminal.Should().BeTrue();
        error.StatusCode.Should().BeNull();
        _handler.Asked.Should().BeEmpty();
    }
}

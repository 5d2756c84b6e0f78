using System.Text;
using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

/// <summary>Repositories that GitHub makes from a template repository.</summary>
public sealed class TemplateTest : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(RepositoryVisibility.Private, RepositoryVisibility.Private)]
    [InlineData(RepositoryVisibility.Public, RepositoryVisibility.Public)]
    [InlineData(RepositoryVisibility.Internal, RepositoryVisibility.Private)]
    public async Task TheTemplatesFilesBecomeOneCommit(RepositoryVisibility wanted, RepositoryVisibility atFirst)
    {
        await MakeTemplateAsync();

        var made = await GenerateAsync("payment-service", wanted);

        (made.FullName, made.Description, made.Visibility).Should().Be(("acme/payment-service", "Takes payments.", atFirst));
        var folder = Path.Combine(_world.Folder, "clone");
        await Git.RunAsync(_world.Folder, "clone", "--quiet", _world.Server.CloneUrl("acme", "payment-service").ToString(), folder);
        (await Git.RunAsync(folder, "log", "--format=%s")).Trim().Should().Be("Initial commit");
        (await Git.RunAsync(folder, "ls-tree", "-r", "--name-only", "HEAD")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should().Equal("README.md", "deploy/app.yaml");
        (await _world.Client.FindGeneratedHeadAsync(made, default)).Should().Be((await Git.RunAsync(folder, "rev-parse", "HEAD")).Trim());
        (await _world.Client.ReadFileAsync(made, "deploy/app.yaml", null, 4_000_000, default)).Should().Be("kind: Deployment\n");
    }

    [Fact]
    public async Task WhatIsMadeLaterIsWaitedFor_ByRequests()
    {
        await MakeTemplateAsync();
        _world.Server.DelayTemplates(new TemplateDelay(2, TimeSpan.Zero));
        var made = await GenerateAsync();

        (await _world.Client.FindGeneratedHeadAsync(made, default)).Should().BeNull();
        (await _world.Client.FindGeneratedHeadAsync(made, default)).Should().BeNull();

        (await _world.Client.FindGeneratedHeadAsync(made, default)).Should().NotBeNull();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    public async Task ARepositoryThatIsNotShownYet_HasNoFilesYet(int status)
    {
        await MakeTemplateAsync();
        var made = await GenerateAsync();
        _world.Server.Add(new GitHubFault { Path = "^/repos/acme/payment-service/commits/", Status = status });

        (await _world.Client.FindGeneratedHeadAsync(made, default)).Should().BeNull();
        (await _world.Client.FindGeneratedHeadAsync(made, default)).Should().NotBeNull();
    }

    [Fact]
    public async Task ANameThatIsTaken_IsSaidInItsOwnShape()
    {
        await MakeTemplateAsync();
        var theirs = await _world.CreateAsync();

        var generate = () => GenerateAsync();

        var error = (await generate.Should().ThrowAsync<NameTakenException>()).Which;
        error.Errors.Should().ContainSingle().Which.Field.Should().BeNull("here GitHub lists texts");
        (await _world.Client.FindRepositoryAsync("acme", theirs.Name, default))!.Id.Should().Be(theirs.Id);
    }

    [Fact]
    public async Task ANameThatIsTaken_IsSaidInTheUsualShapeToo()
    {
        await MakeTemplateAsync();
        _world.Server.Add(new GitHubFault
        {
            Path = "/generate$",
            Status = 422,
            Body = JsonNode.Parse(
                """{"message":"Repository creation failed.","errors":[{"resource":"Repository","code":"custom","field":"name","message":"name already exists on this account"}]}"""),
        });

        var generate = () => GenerateAsync();

        await generate.Should().ThrowAsync<NameTakenException>();
    }

    [Fact]
    public async Task ARepositoryThatIsNoTemplate_AndOneThatIsNotThere_AreNotFound()
    {
        await _world.CreateAsync("template");
        var generate = () => GenerateAsync();
        (await generate.Should().ThrowAsync<GitHubNotFoundException>()).Which.Message.Should().Contain("acme/template");

        var fromNothing = () => _world.Client.GenerateRepositoryAsync("acme", "nothing", "acme", new NewRepository { Name = "x" }, default);
        await fromNothing.Should().ThrowAsync<GitHubNotFoundException>();
    }

    [Theory]
    [InlineData("acme", "..", "acme", "x")]
    [InlineData("a/b", "template", "acme", "x")]
    [InlineData("acme", "template", "acme/../x", "x")]
    [InlineData("acme", "template", "acme", "x/../../y")]
    public async Task NamesThatAreNone_NeverReachGitHub(string templateOwner, string template, string owner, string name)
    {
        var generate = () => _world.Client.GenerateRepositoryAsync(templateOwner, template, owner, new NewRepository { Name = name }, default);

        await generate.Should().ThrowAsync<GitHubValidationException>();
        _world.Server.Requests.Total.Should().Be(0);
    }

    [Fact]
    public void MakingOneCountsAsContent() => Operations.CreateContent.Should().Contain(Operations.GenerateRepository);

    private async Task MakeTemplateAsync()
    {
        var template = await _world.CreateAsync("template");
        await CommitAsync(template, "README.md", "# Template\n");
        await CommitAsync(template, "deploy/app.yaml", "kind: Deployment\n");
        using var http = new HttpClient { BaseAddress = _world.Server.BaseAddress };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {World.Token}");
        http.DefaultRequestHeaders.Add("User-Agent", "test");
        using var body = new StringContent("""{"is_template":true}""", Encoding.UTF8, "application/json");
        using var answer = await http.PatchAsync(new Uri("repos/acme/template", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    private Task<string?> CommitAsync(Repository repository, string path, string text) => _world.Client.CommitFileAsync(
        repository, new FileCommit { Author = Scaffolds.Author, Path = path, Message = $"Write {path}", Content = Encoding.UTF8.GetBytes(text) }, default);

    private Task<Repository> GenerateAsync(string name = "payment-service", RepositoryVisibility visibility = RepositoryVisibility.Private) =>
        _world.Client.GenerateRepositoryAsync(
            "acme", "template", "acme", new NewRepository { Name = name, Description = "Takes payments.", Visibility = visibility }, default);
}

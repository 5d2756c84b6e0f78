using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.GitHub;

/// <summary>Repositories from templates, asked for without a client of ours in between.</summary>
public sealed class TemplateTest : IAsyncLifetime
{
    private Api _api = null!;

    public async Task InitializeAsync() => _api = await Api.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("repos/acme/app/generate", """{"owner":"acme","name":"app"}""", 422, "Could not clone: Name already exists on this account")]
    [InlineData("repos/acme/app/generate", """{"owner":"acme"}""", 422, "Invalid request.\n\n\"name\" wasn't supplied.")]
    [InlineData("repos/acme/app/generate", """{"owner":"nobody","name":"x"}""", 404, "Not Found")]
    [InlineData("repos/acme/app/generate", "not json", 400, "Problems parsing JSON")]
    [InlineData("repos/acme/other/generate", """{"owner":"acme","name":"x"}""", 404, "Not Found")]
    public async Task ItRefusesAsGitHubDoes(string path, string body, int status, string message)
    {
        await MakeTemplateAsync();

        var (answered, answer, _) = await _api.AskAsync("POST", path, body);

        (answered, answer!["message"]!.ToString()).Should().Be((status, message));
    }

    [Fact]
    public async Task ARepositoryThatIsNoTemplate_IsNotFound()
    {
        await _api.CreateAsync(empty: false);

        (await GenerateAsync()).Status.Should().Be(404);
    }

    [Fact]
    public async Task ItHasTheTemplatesFiles_AndShowsWhereTheyAreFrom()
    {
        await MakeTemplateAsync();

        var (status, body, response) = await GenerateAsync();

        status.Should().Be(201);
        response.Headers.Location!.AbsolutePath.Should().Be("/repos/acme/made");
        body!["template_repository"]!["full_name"]!.ToString().Should().Be("acme/app");
        (await _api.AskAsync("GET", "repos/acme/made", null)).Body!["template_repository"]!["full_name"]!.ToString().Should().Be("acme/app");
        (await _api.AskAsync("GET", "repos/acme/made/contents/README.md", null)).Body!["content"]!.ToString().Trim().Should().Be("eA==");
    }

    [Fact]
    public async Task FilesThatAreStillToCome_ComeAfterARestartToo()
    {
        await MakeTemplateAsync();
        _api.Server.DelayTemplates(new TemplateDelay(1, TimeSpan.Zero));
        await GenerateAsync();

        (await _api.AskAsync("GET", "repos/acme/made/git/ref/heads%2Fmain", null)).Status.Should().Be(409);
        await _api.RestartAsync();

        (await _api.AskAsync("GET", "repos/acme/made/git/ref/heads%2Fmain", null)).Status.Should().Be(200);
    }

    [Fact]
    public async Task WhatPeoplePushFirst_IsNotOverwritten()
    {
        await MakeTemplateAsync();
        _api.Server.DelayTemplates(new TemplateDelay(1, TimeSpan.Zero));
        await GenerateAsync();
        var (_, pushed, _) = await _api.AskAsync("PUT", "repos/acme/made/contents/mine", """{"message":"m","content":"eA=="}""");

        var (_, head, _) = await _api.AskAsync("GET", "repos/acme/made/git/ref/heads%2Fmain", null);

        head!["object"]!["sha"]!.ToString().Should().Be(pushed!["commit"]!["sha"]!.ToString());
    }

    private async Task MakeTemplateAsync()
    {
        await _api.CreateAsync(empty: false);
        (await _api.AskAsync("PATCH", "repos/acme/app", """{"is_template":true}""")).Status.Should().Be(200);
    }

    private Task<(int Status, JsonNode? Body, HttpResponseMessage Response)> GenerateAsync() =>
        _api.AskAsync("POST", "repos/acme/app/generate", """{"owner":"acme","name":"made"}""");
}

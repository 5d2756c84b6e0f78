using System.Text.Json.Nodes;

namespace Idp.Sandbox.Tests.GitHub;

/// <summary>A person who is no administrator works in every repository, and administers what it made.</summary>
public sealed class MemberTest : IAsyncLifetime
{
    private const string Person = "ghp_not-a-real-token";
    private Api _api = null!;

    public async Task InitializeAsync() => _api = await Api.StartAsync(
        options => options with { Members = new Dictionary<string, string> { [Person] = "mallory" } });

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("GET", "", null, 200)]
    [InlineData("PUT", "/contents/a", """{"message":"m","content":"eA=="}""", 201)]
    [InlineData("PUT", "/topics", """{"names":["a"]}""", 200)]
    [InlineData("PATCH", "", """{"description":"d"}""", 200)]
    [InlineData("PATCH", "", """{"description":"d","private":false}""", 403)]
    [InlineData("PATCH", "", """{"visibility":"public"}""", 403)]
    [InlineData("PATCH", "", """{"name":"mine"}""", 403)]
    [InlineData("PATCH", "", """{"archived":true}""", 403)]
    [InlineData("DELETE", "", null, 403)]
    [InlineData("POST", "/rulesets", """{"name":"x"}""", 403)]
    public async Task InARepositoryOfOthers(string method, string tail, string? body, int status)
    {
        await _api.CreateAsync(empty: false);
        var id = (await _api.AskAsync("GET", "repos/acme/app")).Body!["id"];

        (await AskAsync(method, $"repos/acme/app{tail}", body)).Status.Should().Be(status);

        if (status == 403)
        {
            (await AskAsync(method, $"repositories/{id}{tail}", body)).Status.Should().Be(403, "by whatever name");
        }
    }

    [Fact]
    public async Task WhatItMadeIsItsOwn()
    {
        (await AskAsync("POST", "orgs/acme/repos", """{"name":"own","private":true}""")).Status.Should().Be(201);

        (await AskAsync("PATCH", "repos/acme/own", """{"visibility":"public","name":"other"}""")).Status.Should().Be(200);
        (await AskAsync("DELETE", "repos/acme/other", null)).Status.Should().Be(204);
        (await AskAsync("POST", "orgs/acme/teams", """{"name":"x"}""")).Status.Should().Be(403);
    }

    [Fact]
    public async Task TheLogSaysWhoAsked()
    {
        await _api.CreateAsync();
        await AskAsync("GET", "repos/acme/app", null);
        await _api.Server.DisposeAsync();

        var lines = await File.ReadAllLinesAsync(Path.Combine(_api.Folder.FullName, "requests.log"));

        lines.Select(line => line.Split(' ', 2)[1]).Should().Equal("POST /orgs/acme/repos 201", "GET /repos/acme/app 200 mallory");
    }

    private Task<(int Status, JsonNode? Body, HttpResponseMessage Response)> AskAsync(string method, string path, string? body) =>
        _api.AskAsync(method, path, body, ("Authorization", $"Bearer {Person}"));
}

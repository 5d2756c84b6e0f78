using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

public sealed class TokenTest : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task RotatedTokenIsUsedAtTheNextRequest()
    {
        await File.WriteAllTextAsync(_world.TokenPath, "ghp_wrong");
        var create = () => _world.CreateAsync();
        (await create.Should().ThrowAsync<GitHubUnauthorizedException>()).Which.IsTerminal.Should().BeFalse();

        await File.WriteAllTextAsync(_world.TokenPath, $"\n  {World.Token} \r\n");

        await create.Should().NotThrowAsync();
    }

    [Fact]
    public async Task SecretThatIsSwappedByItsLinkIsSeen()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_world.Folder, "secret")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "..1"));
        Directory.CreateDirectory(Path.Combine(folder, "..2"));
        await File.WriteAllTextAsync(Path.Combine(folder, "..1", "token"), "one");
        await File.WriteAllTextAsync(Path.Combine(folder, "..2", "token"), "two");
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "..1");
        File.CreateSymbolicLink(Path.Combine(folder, "token"), Path.Combine("..data", "token"));
        var tokens = new TokenFile(Path.Combine(folder, "token"));

        (await tokens.GetTokenAsync(CancellationToken.None)).Should().Be("one");
        Directory.Delete(Path.Combine(folder, "..data"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "..2");
        (await tokens.GetTokenAsync(CancellationToken.None)).Should().Be("two");
    }

    [Theory]
    [InlineData("", "*is empty*")]
    [InlineData(" \n", "*is empty*")]
    [InlineData("ghp_one\nghp_two", "*more than one*")]
    public async Task UselessTokenFileIsNamed_WithoutWhatIsInIt(string content, string message)
    {
        await File.WriteAllTextAsync(_world.TokenPath, content);
        _world.Server.Requests.Reset();

        var create = () => _world.CreateAsync();

        var error = (await create.Should().ThrowAsync<TokenUnavailableException>().WithMessage(message)).Which;
        error.Message.Should().Contain(_world.TokenPath).And.NotContain("ghp_");
        _world.Server.Requests.Total.Should().Be(0);
    }

    [Fact]
    public async Task MissingTokenFileIsNamed()
    {
        File.Delete(_world.TokenPath);

        var create = () => _world.CreateAsync();

        await create.Should().ThrowAsync<TokenUnavailableException>().WithMessage($"*{_world.TokenPath}*");
    }

    [Fact]
    public async Task TokenIsInNoExceptionAndNoLog()
    {
        const string echo = $$$"""{"message":"Bad: {{{World.Token}}} and ghp_other","errors":["{{{World.Token}}}",{"code":"x","message":"{{{World.Token}}}"}]}""";
        foreach (var status in new[] { 400, 401, 403, 404, 409, 422, 429, 500, 503 })
        {
            _world.Server.Add(new GitHubFault { Status = status, Body = System.Text.Json.Nodes.JsonNode.Parse(echo) });
            var create = () => _world.NewClient().CreateRepositoryAsync(
                "acme", new NewRepository { Name = "x" }, CancellationToken.None);

            var error = (await create.Should().ThrowAsync<GitHubException>()).Which;

            error.ToString().Should().NotContain(World.Token).And.NotContain("ghp_other").And.Contain(Redaction.Mask);
            error.Failure.ToString().Should().NotContain(World.Token);
            string.Join(" ", error.Errors).Should().NotContain(World.Token);
        }

        (await Logs.ReadAsync(_world)).Should().NotContain(World.Token);
        new TokenFile(_world.TokenPath).ToString().Should().NotContain(World.Token);
    }

    [Theory]
    [InlineData("a ghs_42_eyJ.x-y b", "a *** b")]
    [InlineData("ghp_x", "***")]
    [InlineData("token=github_pat_11ABC_def, next", "token=*** next")]
    [InlineData("gho_1 ghu_2 ghr_3", "*** *** ***")]
    [InlineData("a ghs_12345_eyJhbGciOiJFUzI1NiJ9.e30.sig b", "a *** b")]
    [InlineData("Bearer eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.sig-_x b", "Bearer *** b")]
    [InlineData("a -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- b", "a *** b")]
    [InlineData("a -----BEGIN PRIVATE KEY-----\nMII, cut off", "a ***")]
    [InlineData("nothing to hide, ghx_1, eyJ", "nothing to hide, ghx_1, eyJ")]
    public void TokensAreTakenOutOfText(string text, string expected) => Redaction.Redact(text).Should().Be(expected);
}

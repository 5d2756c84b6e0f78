using System.Net;

namespace Idp.GitHub.Tests;

public sealed class GitSourceTest : IDisposable
{
    private const string Secret = "ghs_7_a-token-that-nobody-may-see";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("git-source-");

    [Fact]
    public async Task ARedirectToAnotherHost_IsRefused_AndTheTokenStaysHere()
    {
        var server = new Answers(_ => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://elsewhere.test/x") } });

        var error = await FetchAsync(server);

        error.Message.Should().Contain("redirected to another host, elsewhere.test").And.Contain("git.acme.test was asked to");
        server.Hosts.Should().Equal("git.acme.test");
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task WhatTheServerSays_IsSaid_WithoutTheToken(HttpStatusCode status)
    {
        var server = new Answers(request => new HttpResponseMessage(status) { Content = new StringContent($"no entry for {request.Headers.Authorization!.Parameter} and {Secret}") });

        var error = await FetchAsync(server);

        error.Message.Should().Contain(((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture)).And.Contain("no entry for");
        error.ToString().Should().NotContain(Secret).And.NotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"x-access-token:{Secret}")));
    }

    [Fact]
    public async Task AnAnswerThatIsNotGits_IsRefused_AndNothingIsLeft()
    {
        var server = new Answers(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>Please sign in</html>") });

        (await FetchAsync(server)).Message.Should().Contain("the answer was not Git's");

        Directory.EnumerateDirectories(_folder.FullName).Should().BeEmpty();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<GitSourceException> FetchAsync(Answers server)
    {
        var token = Path.Combine(_folder.FullName, "token");
        await File.WriteAllTextAsync(token, Secret);
        using var http = new HttpClient(server);
        var request = new GitSourceRequest
        {
            Url = new Uri("https://git.acme.test/acme/templates.git"),
            Tokens = new TokenFile(token),
            Choose = references => [.. references.Select(reference => new GitRevision("x", reference.Name, reference.Sha))],
            Folder = Path.Combine(_folder.FullName, "kept"),
        };

        var fetch = () => new GitSource(http, TimeProvider.System, "idp-test").FetchAsync(request, CancellationToken.None);

        return (await fetch.Should().ThrowAsync<GitSourceException>()).Which;
    }

    private sealed class Answers(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<string> Hosts { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Hosts.Add(request.RequestUri!.Host);
            var response = answer(request);
            response.RequestMessage = request;
            return Task.FromResult(response);
        }
    }
}

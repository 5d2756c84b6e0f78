using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Idp.GitHub;

namespace Idp.MicroBench;

/// <summary>What a new repository costs the client itself: the answers come from memory, without a connection.</summary>
[MemoryDiagnoser]
public class GitHubBenchmarks
{
    private const int Files = 22;
    private static readonly GitHubClient Client = new(
        new HttpClient(new Answers()), new NoToken(), new GitHubOptions { Limits = GitHubLimits.None }, TimeProvider.System);

    private static readonly NewRepository Wanted = new() { Name = "app", Description = "Being set up" };

    private static readonly Scaffold Scaffold = new()
    {
        Message = "Begin",
        Author = new CommitAuthor("idp", "idp@acme.dev", DateTimeOffset.UnixEpoch),
        Files = [.. Enumerable.Range(0, Files).Select(number => RepositoryFile.Text(
            $"deploy/{number % 4}/{number}.yaml", string.Concat(Enumerable.Range(0, 35).Select(line => $"key-{line}: value {number}\n"))))],
    };

    private readonly Repository _repository = Client.CreateRepositoryAsync("acme", Wanted, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>A repository is made, and GitHub's answer read.</summary>
    [Benchmark]
    public Task<Repository> Create() => Client.CreateRepositoryAsync("acme", Wanted, CancellationToken.None);

    /// <summary>The first commit is made and pushed.</summary>
    [Benchmark]
    public Task<string> FirstCommit() => Client.CommitScaffoldAsync(_repository, Scaffold, CancellationToken.None);

    private sealed class NoToken : ITokenSource
    {
        public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) => new("none");
    }

    /// <summary>Makes every repository, has every one empty, and takes every push.</summary>
    private sealed class Answers : HttpMessageHandler
    {
        private const string Made = """
            {"id":7,"name":"app","owner":{"login":"acme"},"private":true,"visibility":"private","description":"Being set up","default_branch":"main",
             "html_url":"https://github.com/acme/app","clone_url":"https://github.com/acme/app.git","topics":[],"created_at":"2026-01-01T00:00:00Z"}
            """;

        private const string Empty = "001f# service=git-receive-pack\n00000055"
            + "0000000000000000000000000000000000000000 capabilities^{}\0report-status ofs-delta\n0000";
        private const string Done = "000eunpack ok\n0017ok refs/heads/main\n0000";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            request.RequestUri!.AbsolutePath switch
            {
                var path when path.EndsWith("/info/refs", StringComparison.Ordinal) => Answer(request, Empty, "application/x-git-receive-pack-advertisement"),
                var path when path.EndsWith("/git-receive-pack", StringComparison.Ordinal) => Answer(request, Done, "application/x-git-receive-pack-result"),
                _ => Answer(request, Made, "application/json"),
            });

        private static HttpResponseMessage Answer(HttpRequestMessage request, string body, string type) => new(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
        };
    }
}

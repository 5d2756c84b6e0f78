using System.Net.Http.Headers;
using System.Text;
using Idp.Sandbox.Processes;
using Idp.Sandbox.StandIns.ArgoCd;

namespace Idp.Sandbox.Tests.World;

/// <summary>A private repository on the GitHub contract server, with a working copy to commit from.</summary>
internal sealed class TestRepository
{
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly string _folder;

    private TestRepository(string url, string folder, IReadOnlyDictionary<string, string> environment) =>
        (Url, _folder, _environment) = (url, folder, environment);

    public string Url { get; }

    public static async Task<TestRepository> CreateAsync(WorldFixture world, string name)
    {
        var server = world.Sandbox.GitHub.BaseAddress;
        var token = await File.ReadAllTextAsync(Path.Combine(world.Sandbox.Directory, "github-token"));
        using var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("sandbox-tests");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var body = new StringContent($$"""{"name": "{{name}}", "private": true}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("orgs/acme/repos", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
        var repository = new TestRepository(
            world.Sandbox.GitHub.CloneUrl("acme", name).ToString(),
            world.NewFolder(),
            new GitCredentials(server.ToString(), token).Environment());
        await repository.GitAsync("init", "--quiet", "--initial-branch=main");
        return repository;
    }

    public async Task<string> CommitAsync(params (string Path, string? Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (content is null)
            {
                File.Delete(file);
            }
            else
            {
                await File.WriteAllTextAsync(file, content);
            }
        }

        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Test", "-c", "user.email=test@acme.example", "commit", "--quiet", "-m", "Change");
        await GitAsync("push", "--quiet", Url, "main");
        return (await GitAsync("rev-parse", "HEAD")).Trim();
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        var git = new Command("git", arguments) { Directory = _folder, Environment = _environment };
        var result = await git.RunAsync(CancellationToken.None);
        result.Succeeded.Should().BeTrue(result.Error);
        return result.Output;
    }
}

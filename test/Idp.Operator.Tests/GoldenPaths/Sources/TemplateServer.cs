using System.Diagnostics;
using System.Globalization;
using System.Text;
using Idp.GitHub;
using Idp.Sandbox.GitHub;

namespace Idp.Operator.Tests.GoldenPaths.Sources;

/// <summary>A Git server on this machine with one repository, in which any tree can be made: Git's plumbing asks no questions.</summary>
public sealed class TemplateServer : IAsyncDisposable
{
    public const string Token = "ghs_42_not-a-real-token-of-templates";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-template-server-");
    private readonly HttpClient _http = GitHubHttp.CreateClient(TimeSpan.FromSeconds(60));
    private GitHubServer _server = null!;

    public string Url => $"{_server.BaseAddress.GetLeftPart(UriPartial.Authority)}/acme/templates.git";

    public GitSource Source => new(_http, TimeProvider.System, "idp-test");

    public string TokenPath => Path.Combine(_folder.FullName, "token");

    public string Cache => Path.Combine(_folder.FullName, "cache");

    public string Settings => Path.Combine(_folder.FullName, "platform.yaml");

    private string Bare { get; set; } = "";

    public static async Task<TemplateServer> StartAsync(bool anonymous = true)
    {
        var server = new TemplateServer();
        await File.WriteAllTextAsync(server.TokenPath, Token);
        await server.RunAsync(0, anonymous);
        var client = new GitHubClient(server._http, new TokenFile(server.TokenPath), new GitHubOptions { BaseAddress = server._server.BaseAddress, Limits = GitHubLimits.None }, TimeProvider.System);
        await client.CreateRepositoryAsync("acme", new NewRepository { Name = "templates" }, CancellationToken.None);
        server.Bare = Directory.EnumerateDirectories(server._folder.FullName, "*.git", SearchOption.AllDirectories).Single();

        // As GitHub has it.
        server.Git("", "config", "uploadpack.allowReachableSHA1InWant", "true");
        return server;
    }

    /// <summary>Nobody answers any more.</summary>
    public async Task StopAsync() => await _server.DisposeAsync();

    /// <summary>Makes a commit of these files the state of a branch.</summary>
    /// <returns>The commit.</returns>
    public string Commit(string reference, params IEnumerable<(string Path, string Content)> files) =>
        Set(reference, Tree(files.Select(file => ("100644", file.Path, Blob(Encoding.UTF8.GetBytes(file.Content))))));

    /// <summary>Makes a commit of a tree the state of a branch or tag.</summary>
    public string Set(string reference, string tree)
    {
        var commit = Git("", "-c", "user.name=x", "-c", "user.email=x@acme.dev", "commit-tree", "-m", reference, tree);
        Git("", "update-ref", reference, commit);
        return commit;
    }

    /// <summary>Makes a tag with words of its own.</summary>
    public void Annotate(string tag, string commit) => Git("", "-c", "user.name=x", "-c", "user.email=x@acme.dev", "tag", "-a", "-m", "words", tag, commit);

    public string Blob(byte[] content) => Git(content, "hash-object", "-w", "--stdin");

    /// <summary>Makes a tree of modes, paths and objects; names are taken as they are.</summary>
    public string Tree(IEnumerable<(string Mode, string Path, string Id)> entries)
    {
        var lines = entries.GroupBy(entry => entry.Path.Split('/')[0]).Select(group => group.First() is var first && group.Key == first.Path
            ? Line(first.Mode, first.Id, group.Key)
            : Line("040000", Tree(group.Select(entry => (entry.Mode, entry.Path[(group.Key.Length + 1)..], entry.Id))), group.Key));
        return Git(Encoding.UTF8.GetBytes(string.Concat(lines)), "mktree", "-z", "--missing");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Line(string mode, string id, string name) =>
        $"{mode} {mode switch { "040000" => "tree", "160000" => "commit", _ => "blob" }} {id}\t{name}\0";

    private async Task RunAsync(int port, bool anonymous) => _server = await GitHubServer.StartAsync(
        new GitHubServerOptions { DataDirectory = Path.Combine(_folder.FullName, "data"), Token = Token, Port = port, AnonymousRead = anonymous },
        CancellationToken.None);

    private string Git(string input, params string[] arguments) => Git(Encoding.UTF8.GetBytes(input), arguments);

    private string Git(byte[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Bare, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        var errors = git.StandardError.ReadToEndAsync();
        git.StandardInput.BaseStream.Write(input);
        git.StandardInput.Close();
        var output = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        git.ExitCode.Should().Be(0, string.Create(CultureInfo.InvariantCulture, $"git {string.Join(' ', arguments)} said {errors.GetAwaiter().GetResult()}"));
        return output;
    }
}

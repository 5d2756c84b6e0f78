using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Idp.Sandbox.Processes;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>Asks remote repositories for their revisions, and checks one out; keeps a mirror of each on disk.</summary>
/// <param name="directory">Where the mirrors are.</param>
/// <param name="credentials">The token, and the server that it is for.</param>
/// <param name="hasCredentials">Whether a repository may be read with the token.</param>
internal sealed class GitRepositories(string directory, GitCredentials? credentials, Func<string, bool> hasCredentials)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _known =
        credentials?.Environment() ?? GitCredentials.QuietEnvironment;

    private readonly IReadOnlyDictionary<string, string> _unknown =
        credentials?.AnonymousEnvironment() ?? GitCredentials.QuietEnvironment;

    /// <summary>The commit that a branch, tag, <c>HEAD</c> or full commit id stands for at this moment.</summary>
    /// <exception cref="ManifestException">The repository cannot be reached or has no such revision.</exception>
    public async Task<string> ResolveAsync(string url, string revision, CancellationToken cancellationToken)
    {
        if (revision.Length == 40 && revision.All(char.IsAsciiHexDigit))
        {
            return revision;
        }

        var result = await Remote(url, "ls-remote", "--", url).RunAsync(cancellationToken);
        if (!result.Succeeded)
        {
            // Argo CD asks by a library of its own, which has other words for it than git.
            var refused = result.Error.Contains("could not read Username", StringComparison.Ordinal);
            throw new ManifestException(
                $"failed to list refs: {(refused ? "authentication required: Repository not found." : result.LastLine)}");
        }

        var commits = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[1], parts => parts[0], StringComparer.Ordinal);
        string[] candidates = [revision, $"refs/heads/{revision}", $"refs/tags/{revision}^{{}}", $"refs/tags/{revision}"];
        return candidates.Select(name => commits.GetValueOrDefault(name)).FirstOrDefault(commit => commit is not null)
            ?? throw new ManifestException($"unable to resolve '{revision}' to a commit SHA");
    }

    /// <summary>Puts the files of a commit into a directory, which must not exist yet.</summary>
    /// <exception cref="ManifestException">The commit cannot be had.</exception>
    public async Task CheckOutAsync(string url, string commit, string target, CancellationToken cancellationToken)
    {
        var mirror = Path.Combine(directory, Name(url));
        var gate = _gates.GetOrAdd(mirror, static _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            await FetchAsync(url, commit, mirror, cancellationToken);
            Directory.CreateDirectory(target);
            var checkout = Git("--git-dir", mirror, "--work-tree", target, "checkout", "--force", commit, "--", ".");
            Require(await checkout.RunAsync(cancellationToken), $"failed to checkout {commit}");
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task FetchAsync(string url, string commit, string mirror, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(mirror))
        {
            Require(await Git("init", "--quiet", "--bare", mirror).RunAsync(cancellationToken), "failed to initialise");
        }

        var present = await Git("--git-dir", mirror, "cat-file", "-e", commit + "^{commit}").RunAsync(cancellationToken);
        if (!present.Succeeded)
        {
            var fetch = Remote(
                url, "--git-dir", mirror, "fetch", "--quiet", "--", url, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*");
            Require(await fetch.RunAsync(cancellationToken), "failed to fetch");
        }
    }

    private static void Require(CommandResult result, string failure)
    {
        if (!result.Succeeded)
        {
            throw new ManifestException($"{failure}: {result.LastLine}");
        }
    }

    private Command Git(params string[] arguments) => new("git", arguments) { Environment = _unknown };

    private Command Remote(string url, params string[] arguments) =>
        new("git", arguments) { Environment = hasCredentials(url) ? _known : _unknown };

    private static string Name(string url) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))[..16] + ".git";
}

using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>Fetches states of a repository, of any Git server over HTTP, into a folder that outlives the process.</summary>
/// <remarks>
/// Guarantees: reads only; one history entry of each state; never more bytes than its limit, never longer than its time; redirects on the same host
/// only; what was fetched before stays until all of the new is there. Nothing of a repository becomes a file of its own name: what is kept is a pack.
/// </remarks>
/// <param name="http">A client that follows no redirects; it stays the caller's to dispose.</param>
/// <param name="clock">The time.</param>
/// <param name="userAgent">Who asks.</param>
/// <param name="observer">Is told of every request, or null.</param>
public sealed class GitSource(HttpClient http, TimeProvider clock, string userAgent, IGitHubCallObserver? observer = null)
{
    private const string PeeledSuffix = "^{}";

    /// <summary>Fetches what is asked for, unless the folder has it already.</summary>
    /// <returns>Whether there is something new in the folder.</returns>
    /// <exception cref="GitSourceException">It could not be fetched; the folder is as it was.</exception>
    public async Task<bool> FetchAsync(GitSourceRequest request, CancellationToken cancellationToken)
    {
        var options = new GitHubOptions { UserAgent = userAgent, FetchLimit = request.MostBytes };
        var remote = new GitRemote(http, request.Tokens, options, clock, observer);
        using var patience = new CancellationTokenSource(request.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var session = new GitSession(remote, AddressOf(request.Url), "read a repository of golden paths", either.Token);
            return await GitThread.RunAsync(() => Fetch(request, session), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GitSourceException($"it was not done within {request.Timeout.TotalSeconds:0.#} s", null);
        }
        catch (Exception error) when (IsFailure(error))
        {
            // Written for GitHub, where most sources are; whoever else it was is to be named.
            var words = error.Message.Replace("GitHub was asked to", $"{request.Url.Authority} was asked to", StringComparison.Ordinal);
            throw new GitSourceException(Redaction.Redact(words), error);
        }
    }

    private static bool IsFailure(Exception error) =>
        error is GitHubException or TokenUnavailableException or LibGit2SharpException or IOException or UnauthorizedAccessException;

    private static Uri AddressOf(Uri url) => new(url.AbsoluteUri.TrimEnd('/'));

    private static bool Fetch(GitSourceRequest request, GitSession session)
    {
        var wanted = request.Choose(Advertised(session));
        if (wanted.Count == 0)
        {
            throw new GitSourceException("it has no such branch, tag or commit, and no tag in the range", null);
        }

        if (GitCheckout.StateOf(request.Folder) == GitCheckout.StateOf(wanted))
        {
            return false;
        }

        var next = $"{request.Folder}.{Guid.NewGuid():n}";
        RemoveLeftovers(request.Folder);
        try
        {
            FetchInto(next, wanted, session);
            Remove(request.Folder);
            Directory.Move(next, request.Folder);
        }
        finally
        {
            Remove(next);
        }

        return true;
    }

    /// <summary>What the server has: names of references, and the objects that they name.</summary>
    private static List<GitReference> Advertised(GitSession session)
    {
        using var memory = MemoryRepository.Take();
        List<GitReference> found = [];
        var remote = memory.Git.Network.Remotes[ObjectStore.Remote];
        GitSubtransport.Run(session, () => found.AddRange(memory.Git.Network.ListReferences(remote)
            .Where(reference => !reference.CanonicalName.EndsWith(PeeledSuffix, StringComparison.Ordinal))
            .Select(reference => new GitReference(reference.CanonicalName, ShaOf(reference)))));
        return found;
    }

    private static string ShaOf(Reference reference) => reference.ResolveToDirectReference()?.TargetIdentifier ?? reference.TargetIdentifier;

    private static void FetchInto(string folder, IReadOnlyList<GitRevision> wanted, GitSession session)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        LibGit2Sharp.Repository.Init(folder, isBare: true);
        using var git = new LibGit2Sharp.Repository(folder);
        git.Network.Remotes.Add(ObjectStore.Remote, GitSubtransport.Address);
        var options = new FetchOptions { Depth = 1, TagFetchMode = TagFetchMode.None };
        var specs = wanted.Select(revision => $"+{revision.Reference}:{GitCheckout.Names}{revision.Name}");
        GitSubtransport.Run(session, () => Commands.Fetch(git, ObjectStore.Remote, specs, options, logMessage: null));
        foreach (var revision in wanted)
        {
            if (git.Refs[GitCheckout.Names + revision.Name]?.ResolveToDirectReference()?.Target.Peel<Commit>() is null)
            {
                throw new GitSourceException($"{revision.Name} leads to no commit", null);
            }
        }

        GitCheckout.Write(folder, wanted);
    }

    // Of a process that was killed in between.
    private static void RemoveLeftovers(string folder)
    {
        var home = Path.GetDirectoryName(folder)!;
        if (Directory.Exists(home))
        {
            // By hand, for the pattern NAME.* means NAME as well.
            Directory.EnumerateDirectories(home).Where(left => left.StartsWith($"{folder}.", StringComparison.Ordinal)).ToList().ForEach(Remove);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>What is to be fetched, and where it is kept.</summary>
public sealed record GitSourceRequest
{
    /// <summary>The repository: an address over HTTP without credentials.</summary>
    public required Uri Url { get; init; }

    /// <summary>Gives the token that is shown; null for none.</summary>
    public ITokenSource? Tokens { get; init; }

    /// <summary>Chooses from what the server has.</summary>
    public required Func<IReadOnlyList<GitReference>, IReadOnlyList<GitRevision>> Choose { get; init; }

    /// <summary>The folder that is the fetched repository's alone; made where there is none.</summary>
    public required string Folder { get; init; }

    /// <summary>The most bytes that are fetched, compressed as they come.</summary>
    public int MostBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>When it counts as lost, with all of its requests.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>What a server says that it has.</summary>
/// <param name="Name">The whole name, such as <c>refs/tags/v1.0.0</c>.</param>
/// <param name="Sha">The object that it names.</param>
public readonly record struct GitReference(string Name, string Sha);

/// <summary>A state of a repository that is wanted.</summary>
/// <param name="Name">What it is called from here on.</param>
/// <param name="Reference">The whole name at the server, or a commit.</param>
/// <param name="Sha">The object that it names there.</param>
public readonly record struct GitRevision(string Name, string Reference, string Sha);

/// <summary>A repository of templates could not be fetched. The message holds no credentials.</summary>
/// <param name="message">Why, as the end of a sentence or a sentence.</param>
/// <param name="inner">What happened.</param>
public sealed class GitSourceException(string message, Exception? inner) : Exception(message, inner);

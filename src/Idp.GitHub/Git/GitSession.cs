using System.Net.Http.Headers;
using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>The requests of one push, or of one fetch and the push on top of it. For one thread.</summary>
internal sealed class GitSession(GitRemote remote, Uri repository, string purpose, CancellationToken cancellationToken)
{
    private Uri _repository = repository;
    private Exception? _failure;
    private bool _canBeShallow;

    /// <summary>What the last request for a push said of the branches.</summary>
    public Advertisement Branches { get; private set; } = Advertisement.Parse(default);

    /// <summary>What the answer to the push says to people; empty for nothing.</summary>
    public string ServerMessages { get; private set; } = "";

    /// <summary>The commits of a fetch whose parents were left out.</summary>
    public IReadOnlyList<string> Cut { get; private set; } = [];

    /// <summary>Sends what libgit2 wants sent.</summary>
    public GitResponse Send(GitSmartSubtransportAction action, byte[] body) => Attempt(() => action switch
    {
        GitSmartSubtransportAction.ReceivePackList => ListForPush(),
        GitSmartSubtransportAction.ReceivePack => Push(body),
        GitSmartSubtransportAction.UploadPackList => ListForFetch(),
        _ => Fetch(body),
    });

    /// <summary>Reads on in an answer.</summary>
    public int Read(GitResponse answer, Memory<byte> buffer) => Attempt(() => answer.Read(buffer));

    /// <summary>Why libgit2 failed: what its requests met, or its own words.</summary>
    public Exception Explain(LibGit2SharpException error) => _failure ?? new GitHubUnavailableException(
        new GitHubFailure
        {
            Message = $"GitHub was asked to {purpose}, and the answer was not what Git's protocol promises.",
            Operation = GitOperations.Push,
        },
        error);

    private GitResponse ListForPush()
    {
        var answer = List(GitOperations.ListForPush, "git-receive-pack");
        Branches = Advertisement.Parse(answer.Keep());
        return answer;
    }

    private GitResponse ListForFetch()
    {
        var answer = List(GitOperations.ListForFetch, "git-upload-pack");
        _canBeShallow = Advertisement.Parse(answer.Keep()).CanBeShallow;
        return answer;
    }

    private GitResponse Push(byte[] body)
    {
        var wish = Branches.CanBeAtomic ? AtomicPush.Ask(body) : body;
        var answer = Post(GitOperations.Push, "git-receive-pack", BoundedBody.Answer, wish);
        ServerMessages = PktLines.Messages(answer.Keep());
        return answer;
    }

    private GitResponse Fetch(byte[] body)
    {
        var answer = Post(GitOperations.Fetch, "git-upload-pack", remote.Options.FetchLimit, _canBeShallow ? ShallowFetch.Ask(body) : body);
        try
        {
            Cut = _canBeShallow ? ShallowFetch.ReadCut(answer.Read) : [];
            return answer;
        }
        catch (InvalidDataException error)
        {
            answer.Dispose();
            throw GitHubFailures.Lost(new GitHubCallContext(GitOperations.Fetch, purpose), "the answer was not Git's", error);
        }
    }

    private GitResponse List(string operation, string service)
    {
        var tail = $"/info/refs?service={service}";
        var call = new GitHubCallContext(operation, purpose) { Accept = $"application/x-{service}-advertisement" };
        var (answer, from) = Send(call, tail, content: null);
        if (from.AbsoluteUri.EndsWith(tail, StringComparison.Ordinal))
        {
            // A renamed repository is elsewhere on the same host, for what follows too.
            _repository = new Uri(from.AbsoluteUri[..^tail.Length]);
            return answer;
        }

        answer.Dispose();
        throw GitHubFailures.Lost(call, "the answer was not Git's");
    }

    private GitResponse Post(string operation, string service, int limit, byte[] body)
    {
        var call = new GitHubCallContext(operation, purpose) { Accept = $"application/x-{service}-result", AnswerLimit = limit };
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue($"application/x-{service}-request") } };
        return Send(call, $"/{service}", content).Answer;
    }

    private (GitResponse Answer, Uri From) Send(GitHubCallContext call, string tail, HttpContent? content) =>
        GitThread.WaitFor(remote.SendAsync(call, new Uri(_repository.AbsoluteUri + tail), content, cancellationToken));

    // No exception survives its way through native code: it is kept, and thrown on the other side.
    private T Attempt<T>(Func<T> attempt)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return attempt();
        }
        catch (Exception error)
        {
            _failure ??= error;
            throw;
        }
    }
}

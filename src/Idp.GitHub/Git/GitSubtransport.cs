using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>How libgit2 gets at GitHub: by our own HTTP client, with its trust, proxy, fence and limits.</summary>
/// <remarks>
/// libgit2 makes one for each push or fetch, on the thread that asked for it; so the thread says whose it is. See
/// https://libgit2.org/docs/reference/main/sys/transport/git_smart_subtransport.html.
/// </remarks>
internal sealed class GitSubtransport : RpcSmartSubtransport
{
    private const string Scheme = "idp-github";

    [ThreadStatic]
    private static GitSession? _sessionOfThread;

    // What a machine or a user set up for git is nothing of ours: not its proxies, not its rewritten addresses.
    static GitSubtransport()
    {
        foreach (var level in (ConfigurationLevel[])[ConfigurationLevel.Global, ConfigurationLevel.Xdg, ConfigurationLevel.System, ConfigurationLevel.ProgramData])
        {
            GlobalSettings.SetConfigSearchPaths(level, []);
        }

        // What a push has made is of no use to the next.
        GlobalSettings.SetEnableCaching(false);
        GlobalSettings.RegisterSmartSubtransport<GitSubtransport>(Scheme);
    }

    /// <summary>The address to give to libgit2; where that really is, the session knows.</summary>
    public static string Address { get; } = $"{Scheme}://github/repository.git";

    /// <summary>Runs something that talks to <see cref="Address"/>, in a session.</summary>
    /// <exception cref="GitHubException">It failed; by whatever the session met, if it met something.</exception>
    public static void Run(GitSession session, Action work)
    {
        _sessionOfThread = session;
        try
        {
            work();
        }
        catch (LibGit2SharpException error) when (error is not UserCancelledException)
        {
            throw session.Explain(error);
        }
        finally
        {
            _sessionOfThread = null;
        }
    }

    /// <inheritdoc/>
    protected override SmartSubtransportStream Action(string url, GitSmartSubtransportAction action) =>
        new GitSubtransportStream(this, _sessionOfThread ?? throw new InvalidOperationException("Nothing is to be sent by this thread."), action);
}

/// <summary>One request of libgit2's: what it writes is the body, and the answer comes when it reads.</summary>
[SuppressMessage("Design", "CA1001", Justification = "libgit2 frees it.")]
internal sealed class GitSubtransportStream(GitSubtransport transport, GitSession session, GitSmartSubtransportAction action)
    : SmartSubtransportStream(transport)
{
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private GitResponse? _answer;

    /// <inheritdoc/>
    public override int Write(Stream dataStream, long length)
    {
        dataStream.ReadExactly(_body.GetSpan((int)length)[..(int)length]);
        _body.Advance((int)length);
        return 0;
    }

    /// <inheritdoc/>
    public override int Read(Stream dataStream, long length, out long bytesRead)
    {
        _answer ??= session.Send(action, _body.WrittenSpan.ToArray());
        var read = session.Read(_answer, _buffer.AsMemory(0, (int)Math.Min(length, _buffer.Length)));
        dataStream.Write(_buffer, 0, read);
        bytesRead = read;
        return 0;
    }

    /// <inheritdoc/>
    protected override void Free()
    {
        _answer?.Dispose();
        base.Free();
    }
}

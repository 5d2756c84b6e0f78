namespace Idp.GitHub;

/// <summary>The answer to a request of Git's, read while it comes in and no further than its limit.</summary>
/// <param name="call">What was asked.</param>
/// <param name="response">The answer; disposed with this.</param>
/// <param name="cancellationToken">Ends a read.</param>
internal sealed class GitAnswer(GitHubCallContext call, HttpResponseMessage response, CancellationToken cancellationToken) : IDisposable
{
    private Stream _body = response.Content.ReadAsStream(cancellationToken);
    private long _length;

    /// <summary>Reads what is there, and waits where nothing is; 0 at the end.</summary>
    public int Read(Memory<byte> buffer)
    {
        try
        {
            var read = GitThread.WaitFor(_body.ReadAsync(buffer, cancellationToken).AsTask());
            _length += read;
            return _length <= call.AnswerLimit ? read : throw GitHubFailures.TooLarge(call, "the answer", call.AnswerLimit);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or HttpRequestException)
        {
            throw GitHubFailures.Lost(call, "the answer broke off", error);
        }
    }

    /// <summary>Reads all of it, which can then be read once more.</summary>
    public byte[] Keep()
    {
        var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (var read = Read(buffer); read > 0; read = Read(buffer))
        {
            whole.Write(buffer, 0, read);
        }

        Dispose();
        whole.Position = 0;
        _body = whole;
        _length = 0;
        return whole.ToArray();
    }

    /// <summary>Lets the connection go.</summary>
    public void Dispose() => response.Dispose();
}

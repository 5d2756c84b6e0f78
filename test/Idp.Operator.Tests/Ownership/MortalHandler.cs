namespace Idp.Operator.Tests.Ownership;

/// <summary>Sends a process's requests, until it is killed before or after one of them: then nothing goes out any more.</summary>
internal sealed class MortalHandler : DelegatingHandler
{
    private int _left = int.MaxValue;
    private bool _takesEffect;

    /// <summary>Whether the process was killed.</summary>
    public bool IsDead { get; private set; }

    /// <summary>How many requests were sent since it was born.</summary>
    public int Sent { get; private set; }

    /// <summary>Kills the process at its next request but so many.</summary>
    /// <param name="requests">How many it sends before.</param>
    /// <param name="takesEffect">Whether that request arrives, and only its answer does not.</param>
    public void DieAfter(int requests, bool takesEffect) => (_left, _takesEffect) = (requests, takesEffect);

    /// <summary>Starts it again.</summary>
    public void Revive() => (IsDead, Sent, _left) = (false, 0, int.MaxValue);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDead)
        {
            throw new HttpRequestException("The process was killed.");
        }

        Sent++;
        if (_left-- > 0)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (_takesEffect)
        {
            using var lost = await base.SendAsync(request, cancellationToken);
            await lost.Content.LoadIntoBufferAsync(cancellationToken);
        }

        IsDead = true;
        throw new HttpRequestException("The process was killed.");
    }
}

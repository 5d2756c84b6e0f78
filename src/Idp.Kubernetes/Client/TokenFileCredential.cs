namespace Idp.Kubernetes.Client;

/// <summary>A token in a file that somebody else renews, such as the kubelet.</summary>
internal sealed class TokenFileCredential(string path, Credential rest) : ICredentialSource
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private Credential? _credential;
    private long _readAt;

    public ValueTask<Credential> GetAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_credential is null || clock.GetElapsedTime(_readAt) >= ReadEvery)
            {
                _credential = Read();
                _readAt = clock.GetTimestamp();
            }

            return new ValueTask<Credential>(_credential);
        }
    }

    public bool Forget()
    {
        lock (_lock)
        {
            var old = _credential?.Token;
            _credential = null;
            return old is not null && Read().Token != old;
        }
    }

    // In the blink in which the file is being replaced, the token of before is still good.
    private Credential Read()
    {
        try
        {
            var token = BoundedText.OfFile(path, Bounds.Credential).Trim();
            return token.Length > 0 || _credential is null ? new Credential(token, rest.Certificate) : _credential;
        }
        catch (IOException exception)
        {
            return _credential ?? throw new KubeConfigException($"The token file {path} cannot be read.", exception);
        }
    }
}

namespace Idp.Kubernetes.Client;

/// <summary>Where credentials come from.</summary>
internal interface ICredentialSource
{
    /// <summary>How long a connection may live: a certificate that was renewed needs a new one.</summary>
    TimeSpan ConnectionLifetime => Timeout.InfiniteTimeSpan;

    /// <summary>The credential of now.</summary>
    ValueTask<Credential> GetAsync(TimeProvider clock, CancellationToken cancellationToken);

    /// <summary>The server refused the credential; true when asking again may bring another.</summary>
    bool Forget() => false;
}

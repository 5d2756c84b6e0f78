namespace Idp.Kubernetes.Client;

/// <summary>A token or a certificate that stays as it is.</summary>
internal sealed class FixedCredential(Credential credential) : ICredentialSource
{
    public ValueTask<Credential> GetAsync(TimeProvider clock, CancellationToken cancellationToken) => new(credential);
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Idp.Kubernetes.Client;

/// <summary>How the server's certificate is judged.</summary>
internal sealed class ServerTrust
{
    /// <summary>The only authorities that count; null for those of the machine.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Whether any certificate will do.</summary>
    public bool Insecure { get; init; }

    /// <summary>The name that the certificate must bear; null for that of the address. Goes into the Host header, from which it is checked.</summary>
    public string? ServerName { get; init; }

    public SslClientAuthenticationOptions Options(LocalCertificateSelectionCallback certificate)
    {
        var options = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = certificate,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (Insecure)
        {
#pragma warning disable CA5359 // The user asked for it: insecure-skip-tls-verify.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (Authorities is not null)
        {
            // A policy, not a callback: the check of the name stays the framework's.
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Authorities);
        }

        return options;
    }
}

using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using k8s.KubeConfigModels;

namespace Idp.Kubernetes.Client;

/// <summary>A cluster of a kubeconfig.</summary>
internal sealed class KubeconfigCluster
{
    private readonly string? _pem;

    /// <exception cref="KubeConfigException">It is not usable.</exception>
    public KubeconfigCluster(KubeconfigFile file, Cluster entry)
    {
        Entry = entry;
        if (!Uri.TryCreate(entry.ClusterEndpoint?.Server, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            throw new KubeConfigException($"The cluster '{entry.Name}' has no server with an http or https address.");
        }

        if (file.Rest.Find("clusters", entry.Name, "cluster", "proxy-url") is { } proxy)
        {
            Proxy = Uri.TryCreate(proxy, UriKind.Absolute, out var address)
                ? address
                : throw new KubeConfigException($"The cluster '{entry.Name}' has a proxy-url that is no address.");
        }

        (_pem, Authorities) = KubeConfigException.Of(
            $"The cluster '{entry.Name}' has a certificate-authority that cannot be used", () => ReadAuthorities(file, entry.ClusterEndpoint!));
    }

    /// <summary>What the package has to know of it.</summary>
    public Cluster Entry { get; }

    /// <summary>The only authorities that count; null for those of the machine.</summary>
    public X509Certificate2Collection? Authorities { get; }

    /// <summary>The proxy before it.</summary>
    public Uri? Proxy { get; }

    /// <summary>What a credential plugin may ask to be told.</summary>
    public JsonObject Describe() => new()
    {
        ["server"] = Entry.ClusterEndpoint.Server,
        ["tls-server-name"] = Entry.ClusterEndpoint.TlsServerName,
        ["insecure-skip-tls-verify"] = Entry.ClusterEndpoint.SkipTlsVerify,
        ["certificate-authority-data"] = _pem is null ? null : Convert.ToBase64String(Encoding.ASCII.GetBytes(_pem)),
        ["proxy-url"] = Proxy?.OriginalString,
    };

    // The package would take the first of several, which is one too few while an authority is being replaced by another.
    private static (string? Pem, X509Certificate2Collection? Certificates) ReadAuthorities(KubeconfigFile file, ClusterEndpoint endpoint)
    {
        var pem = endpoint.CertificateAuthorityData is { Length: > 0 } data ? Encoding.ASCII.GetString(Convert.FromBase64String(data))
            : file.PathOf(endpoint.CertificateAuthority) is { } path ? BoundedText.OfFile(path, Bounds.Config) : null;
        endpoint.CertificateAuthorityData = endpoint.CertificateAuthority = null;
        if (pem is null)
        {
            return (null, null);
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities.Count > 0 ? (pem, authorities) : throw new FormatException("there is no certificate in it.");
    }
}

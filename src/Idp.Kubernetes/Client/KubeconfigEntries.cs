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

/// <summary>A user of a kubeconfig.</summary>
internal sealed class KubeconfigUser
{
    /// <exception cref="KubeConfigException">It is not usable.</exception>
    public KubeconfigUser(KubeconfigFile file, User entry, KubeconfigCluster cluster)
    {
        Entry = entry;
        var given = entry.UserCredentials ??= new UserCredentials();
        if (WhatIsNotDone(given, file.Rest.Find("users", entry.Name, "user", "as-uid")) is { } refused)
        {
            throw new KubeConfigException($"The user '{entry.Name}' uses '{refused}', which is not supported.");
        }

        if (file.PathOf(file.Rest.Find("users", entry.Name, "user", "tokenFile")) is { } path)
        {
            TokenFile = path;
            given.Token = KubeConfigException.Of($"The user '{entry.Name}' has a tokenFile that cannot be read", () => BoundedText.OfFile(path, Bounds.Config).Trim());
        }

        if (given is { ExternalExecution: { } exec, Token: null or "", UserName: null or "" })
        {
            Plugin = ExecPlugin.From(file, entry.Name, exec, cluster);
        }

        // A program is not run to read a configuration, and what is in the file itself counts before what it names.
        given.ExternalExecution = null;
        given.ClientCertificate = given.ClientCertificateData is { Length: > 0 } ? null : file.PathOf(given.ClientCertificate);
        given.ClientKey = given.ClientKeyData is { Length: > 0 } ? null : file.PathOf(given.ClientKey);
    }

    /// <summary>What the package has to know of it.</summary>
    public User Entry { get; }

    /// <summary>Where the token is and will be renewed.</summary>
    public string? TokenFile { get; }

    /// <summary>The program that gives the credentials, instead of all that is in the entry.</summary>
    public ExecPlugin? Plugin { get; }

    // The package leaves these out in silence, which is to act as somebody else than the user meant.
    private static string? WhatIsNotDone(UserCredentials given, string? uid) => given switch
    {
        { Impersonate.Length: > 0 } => "as",
        { ImpersonateUserExtra.Count: > 0 } => "as-user-extra",
        { AuthProvider: not null } => "auth-provider",
        { ClientCertificateData.Length: > 0, ClientKeyData: null or "", ClientKey: null or "" } => "client-certificate-data without a client-key",
        { ClientCertificate.Length: > 0, ClientKeyData: null or "", ClientKey: null or "" } => "client-certificate without a client-key",
        _ when given.ImpersonateGroups?.Any() == true => "as-groups",
        _ when uid is not null => "as-uid",
        _ => null,
    };
}

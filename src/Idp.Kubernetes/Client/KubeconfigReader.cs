using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Client;

/// <summary>Makes one configuration of one or more kubeconfigs; of two entries of one name the first counts.</summary>
internal sealed class KubeconfigReader
{
    private readonly Dictionary<(string List, string Name), KubeconfigEntry> _entries = [];
    private string? _currentContext;

    public void Add(JsonNode tree, string directory)
    {
        if (tree is not JsonObject root)
        {
            throw new KubeConfigException("A kubeconfig must be a mapping.");
        }

        _currentContext = _currentContext is { Length: > 0 } ? _currentContext : KubeconfigEntry.Scalar(root["current-context"]);
        foreach (var (list, member) in new[] { ("clusters", "cluster"), ("users", "user"), ("contexts", "context") })
        {
            foreach (var item in root[list] as JsonArray ?? [])
            {
                if (item is JsonObject named && KubeconfigEntry.Scalar(named["name"]) is { } name)
                {
                    var value = named[member] as JsonObject ?? [];
                    _entries.TryAdd((list, name), new KubeconfigEntry($"{member} '{name}'", value, directory));
                }
            }
        }
    }

    public KubeConfig Build(string? contextName)
    {
        var name = contextName ?? _currentContext;
        if (string.IsNullOrEmpty(name))
        {
            throw new KubeConfigException("The kubeconfig has no current-context.");
        }

        var context = Find("contexts", name);
        var cluster = Find("clusters", context.Text("cluster") ?? "");
        var user = context.Text("user") is { Length: > 0 } userName ? Find("users", userName) : null;
        var trust = TrustOf(cluster);
        return new KubeConfig(ServerOf(cluster), context.Text("namespace") ?? "default", trust, CredentialsOf(user, cluster))
        {
            Proxy = cluster.Text("proxy-url") is { } proxy ? new Uri(proxy) : null,
        };
    }

    private KubeconfigEntry Find(string list, string name) => _entries.TryGetValue((list, name), out var entry)
        ? entry
        : throw new KubeConfigException($"The kubeconfig has no entry '{name}' in {list}.");

    private static Uri ServerOf(KubeconfigEntry cluster) =>
        Uri.TryCreate(cluster.Text("server"), UriKind.Absolute, out var server) && server.Scheme is "http" or "https"
            ? server
            : throw new KubeConfigException($"The {cluster} has no server with an http or https address.");

    private static ServerTrust TrustOf(KubeconfigEntry cluster)
    {
        X509Certificate2Collection? authorities = null;
        if (cluster.Pem("certificate-authority") is { } pem)
        {
            authorities = [];
            cluster.Guard("certificate-authority", () => authorities.ImportFromPem(pem));
        }

        return new ServerTrust
        {
            Authorities = authorities,
            Insecure = cluster.Flag("insecure-skip-tls-verify"),
            ServerName = cluster.Text("tls-server-name"),
        };
    }

    private static ICredentialSource CredentialsOf(KubeconfigEntry? user, KubeconfigEntry cluster)
    {
        if (user is null)
        {
            return new FixedCredential(Credential.None);
        }

        RefuseWhatWeCannot(user);
        var certificate = CertificateOf(user);
        if (user.Text("token") is { Length: > 0 } token)
        {
            return new FixedCredential(new Credential(token, certificate));
        }

        if (user.FilePath("tokenFile") is { } file)
        {
            return new TokenFileCredential(file, new Credential(null, certificate));
        }

        return user.Child("exec") is { } exec
            ? new ExecCredential(ExecPlugin.From(exec, cluster))
            : new FixedCredential(new Credential(null, certificate));
    }

    private static X509Certificate2? CertificateOf(KubeconfigEntry user)
    {
        if (user.Pem("client-certificate") is not { } certificate)
        {
            return null;
        }

        var key = user.Pem("client-key") ?? throw new KubeConfigException($"The {user} has a client-certificate without a client-key.");
        X509Certificate2? pair = null;
        user.Guard("client-certificate", () => pair = Certificates.FromPem(certificate, key));
        return pair;
    }

    // To leave these out silently would be to act as somebody else than the user meant.
    private static void RefuseWhatWeCannot(KubeconfigEntry user)
    {
        foreach (var member in new[] { "as", "as-uid", "as-groups", "as-user-extra", "auth-provider", "username" })
        {
            if (user.Has(member))
            {
                throw new KubeConfigException($"The {user} uses '{member}', which is not supported.");
            }
        }
    }
}

using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>A folder of kubeconfigs and what they name.</summary>
internal sealed class KubeconfigFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kubeconfig-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    public static JsonObject Named(string name, string member, JsonNode value) => new() { ["name"] = name, [member] = value };

    /// <summary>A kubeconfig with two contexts, the first of which has a user and a namespace.</summary>
    public static JsonObject Tree(JsonObject user, JsonObject? cluster = null) => new()
    {
        ["current-context"] = "one",
        ["clusters"] = new JsonArray(
            Named("one", "cluster", cluster ?? new JsonObject { ["server"] = "https://one.test:6443" }),
            Named("two", "cluster", new JsonObject { ["server"] = "https://two.test" })),
        ["users"] = new JsonArray(Named("me", "user", user)),
        ["contexts"] = new JsonArray(
            Named("one", "context", new JsonObject { ["cluster"] = "one", ["user"] = "me", ["namespace"] = "team" }),
            Named("two", "context", new JsonObject { ["cluster"] = "two" })),
    };

    /// <summary>A user with a certificate.</summary>
    public JsonObject User(X509Certificate2 certificate, bool asFiles)
    {
        var (pem, key) = PemsOf(certificate);
        return asFiles
            ? new JsonObject { ["client-certificate"] = Write("me.crt", pem, relative: true), ["client-key"] = Write("me.key", key, relative: true) }
            : new JsonObject { ["client-certificate-data"] = Base64(pem), ["client-key-data"] = Base64(key) };
    }

    public static (string Certificate, string Key) PemsOf(X509Certificate2 certificate) =>
        (certificate.ExportCertificatePem(), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text, bool relative = false)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return relative ? name : path;
    }

    public KubeConfig Load(JsonNode tree, string? context = null) => KubeConfig.Load(Write("config", tree.ToJsonString()), context);

    /// <summary>A client that comes as a user to a server.</summary>
    public KubeClient Client(ScriptedServer server, JsonObject user, KubeClientSettings? settings = null) =>
        KubeClient.Create(Load(Tree(user, server.Cluster)), settings);
}

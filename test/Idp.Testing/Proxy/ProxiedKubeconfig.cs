using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;

namespace Idp.Testing.Proxy;

/// <summary>A kubeconfig that leads to a proxy with the credentials for the server behind it.</summary>
internal static class ProxiedKubeconfig
{
    /// <summary>The only cluster of a kubeconfig.</summary>
    public static JsonObject ClusterOf(JsonObject kubeconfig) =>
        kubeconfig.ObjectsAt("clusters").Select(item => item["cluster"]).OfType<JsonObject>().Single();

    /// <summary>Copies a kubeconfig with another server, which is known by its certificate.</summary>
    public static async Task WriteAsync(
        string source, string target, Uri server, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        var kubeconfig = YamlText.ReadObjects(await File.ReadAllTextAsync(source, cancellationToken))[0];
        var cluster = ClusterOf(kubeconfig);
        cluster.Clear();
        cluster["server"] = server.ToString().TrimEnd('/');
        if (certificate is not null)
        {
            cluster["certificate-authority-data"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        }

        await PrivateFile.WriteAsync(target, kubeconfig.ToJsonString(), cancellationToken);
    }
}

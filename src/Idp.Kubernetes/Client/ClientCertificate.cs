using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;

namespace Idp.Kubernetes.Client;

/// <summary>What a client shows to the server.</summary>
internal static class ClientCertificate
{
    /// <summary>Reads the certificate of a configuration; null where it has none.</summary>
    public static X509Certificate2? Of(KubernetesClientConfiguration configuration) =>
        Pem(configuration.ClientCertificateFilePath, configuration.ClientCertificateData) is { } certificate
            ? FromPem(certificate, Pem(configuration.ClientKeyFilePath, configuration.ClientCertificateKeyData) ?? "")
            : null;

    /// <summary>Reads a certificate and its key.</summary>
    public static X509Certificate2 FromPem(string certificate, string key)
    {
        var pair = X509Certificate2.CreateFromPem(certificate, key);

        // Windows does not use a key that it has not stored.
        return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null) : pair;
    }

    private static string? Pem(string? path, string? data) => path is { Length: > 0 } ? BoundedText.OfFile(path, Bounds.Config)
        : data is { Length: > 0 } ? Encoding.ASCII.GetString(Convert.FromBase64String(data)) : null;
}

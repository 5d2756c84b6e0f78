using System.Security.Cryptography.X509Certificates;

namespace Idp.Kubernetes.Client;

/// <summary>Client certificates from PEM text.</summary>
internal static class Certificates
{
    public static X509Certificate2 FromPem(string certificate, string key)
    {
        var pair = X509Certificate2.CreateFromPem(certificate, key);
        if (!OperatingSystem.IsWindows())
        {
            return pair;
        }

        // Windows does not use a key that it has not stored.
        using (pair)
        {
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}

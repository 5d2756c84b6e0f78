using System.Security.Cryptography.X509Certificates;

namespace Idp.Kubernetes.Client;

/// <summary>The service account that the kubelet puts into a pod.</summary>
internal static class InClusterAccount
{
    private const string Directory = "/var/run/secrets/kubernetes.io/serviceaccount";

    public static bool IsPresent => Host is not null && File.Exists(Path.Combine(Directory, "token"));

    private static string? Host => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 } host ? host : null;

    public static KubeConfig Read() => Read(Host, Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT"), Directory);

    public static KubeConfig Read(string? host, string? port, string directory)
    {
        if (host is null)
        {
            throw new KubeConfigException("This is no pod: KUBERNETES_SERVICE_HOST is not set.");
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(Path.Combine(directory, "ca.crt"));
            var bracketed = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
            return new KubeConfig(
                new Uri($"https://{bracketed}:{port ?? "443"}"),
                BoundedText.OfFile(Path.Combine(directory, "namespace"), Bounds.Credential).Trim(),
                new ServerTrust { Authorities = authorities },
                new TokenFileCredential(Path.Combine(directory, "token"), Credential.None));
        }
        catch (IOException exception)
        {
            throw new KubeConfigException($"The pod's account in {directory} cannot be read.", exception);
        }
    }
}

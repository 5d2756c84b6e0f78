using System.Security.Cryptography;
using k8s;

namespace Idp.Kubernetes.Client;

/// <summary>Where a cluster is, how to know it, and who we are there.</summary>
/// <remarks>
/// <para>Immutable. Credentials never leave it: <see cref="ToString"/> says the server alone.</para>
/// <para>https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/</para>
/// </remarks>
public sealed class KubeConfig
{
    internal KubeConfig(string whose, Func<KubernetesClientConfiguration> configure)
    {
        Configure = () => KubeConfigException.Of($"{whose} cannot be used", configure);
        var configuration = Configure();
        Server = new Uri(configuration.Host);
        Namespace = configuration.Namespace?.Trim() is { Length: > 0 } given ? given : "default";
    }

    /// <summary>The address of the API server.</summary>
    public Uri Server { get; }

    /// <summary>The namespace of the context, or the one that we run in.</summary>
    public string Namespace { get; }

    /// <summary>Makes what the package has to know: where to, by whom and over which certificates.</summary>
    internal Func<KubernetesClientConfiguration> Configure { get; }

    internal Uri? Proxy { get; init; }

    /// <summary>The program that gives the credentials; null where they are in the configuration.</summary>
    internal ExecPlugin? Plugin { get; init; }

    /// <summary>
    /// Finds the configuration as kubectl does: the given file, else those of <c>KUBECONFIG</c>, else <c>~/.kube/config</c>,
    /// else the account that the pod runs as.
    /// </summary>
    /// <exception cref="KubeConfigException">There is none, or it is not usable; the message says why.</exception>
    public static KubeConfig Load(string? path = null, string? context = null)
    {
        var listed = path ?? Environment.GetEnvironmentVariable("KUBECONFIG");
        if (!string.IsNullOrEmpty(listed))
        {
            return KubeconfigFiles.Read(path is null ? listed.Split(Path.PathSeparator) : [path], context);
        }

        var home = KubernetesClientConfiguration.KubeConfigDefaultLocation;
        return !File.Exists(home) && KubernetesClientConfiguration.IsInCluster() ? InCluster() : KubeconfigFiles.Read([home], context);
    }

    /// <summary>The account that the pod runs as.</summary>
    /// <exception cref="KubeConfigException">This is no pod, or it has no account.</exception>
    /// <remarks>https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/</remarks>
    public static KubeConfig InCluster() => new("The pod's account", KubernetesClientConfiguration.InClusterConfig);

    /// <summary>Returns the server's address.</summary>
    public override string ToString() => Server.ToString();
}

/// <summary>A kubeconfig is missing or not usable; the message says what and where, and never a credential.</summary>
public sealed class KubeConfigException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Reads something; says what it was where that fails.</summary>
    internal static T Of<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is k8s.Exceptions.KubeConfigException or IOException or UnauthorizedAccessException
            or FormatException or CryptographicException or ArgumentException)
        {
            throw new KubeConfigException($"{what}: {exception.Message}", exception);
        }
    }
}

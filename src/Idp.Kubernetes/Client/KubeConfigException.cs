using System.Security.Cryptography;

namespace Idp.Kubernetes.Client;

/// <summary>A kubeconfig is missing or not usable; the message says what and where, and never a credential.</summary>
public sealed class KubeConfigException : Exception
{
    internal KubeConfigException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

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

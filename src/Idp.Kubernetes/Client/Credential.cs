using System.Security.Cryptography.X509Certificates;

namespace Idp.Kubernetes.Client;

/// <summary>What proves who we are. A class, not a record: a record would print what is in it.</summary>
internal sealed class Credential(string? token, X509Certificate2? certificate)
{
    public static readonly Credential None = new(null, null);

    public string? Token { get; } = token;

    public X509Certificate2? Certificate { get; } = certificate;
}

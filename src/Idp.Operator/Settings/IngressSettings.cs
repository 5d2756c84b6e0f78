namespace Idp.Operator.Settings;

/// <summary>How applications are reached from outside.</summary>
public sealed record IngressSettings
{
    /// <summary>The domain that hosts are made under, such as <c>apps.acme.dev</c>. Required.</summary>
    public string Domain { get; init; } = "";

    /// <summary>
    /// The host of an environment, from <c>{application}</c>, <c>{environment}</c>, <c>{namespace}</c>, <c>{team}</c> and
    /// <c>{domain}</c>.
    /// </summary>
    /// <remarks>
    /// By default it is made from the namespace, because two environments cannot own one namespace: nobody can take
    /// another application's host by choosing a name well.
    /// </remarks>
    public string Host { get; init; } = "{namespace}.{domain}";

    /// <summary>The ingress class; the cluster's default if empty.</summary>
    public string ClassName { get; init; } = "";

    /// <summary>The cert-manager ClusterIssuer of the certificates; empty for no TLS section in the Ingress.</summary>
    public string CertificateIssuer { get; init; } = "";

    /// <summary>The scheme of the addresses that are shown to people: <c>https</c> or <c>http</c>.</summary>
    public string Scheme { get; init; } = "https";
}

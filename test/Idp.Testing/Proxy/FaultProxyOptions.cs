using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.Yaml;

namespace Idp.Testing.Proxy;

/// <summary>What a <see cref="FaultProxy"/> stands in front of.</summary>
public sealed record FaultProxyOptions
{
    /// <summary>The server behind it.</summary>
    public required Uri Upstream { get; init; }

    /// <summary>The only authorities whose certificates count upstream; null for those of the machine.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Whether callers speak TLS with it, and by that HTTP/2: as with an API server. Else HTTP/1.1 in plain text.</summary>
    /// <remarks>
    /// The certificate is made anew for each proxy. Only HTTP/2 has the pings by which a client finds out a connection
    /// that has gone dead without a word, so that half-open connections can be tried with it alone.
    /// </remarks>
    public bool Tls { get; init; }

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>In front of the API server that a kubeconfig names, and like it over TLS.</summary>
    /// <param name="kubeconfig">The file; its credentials are not used, callers bring their own.</param>
    public static FaultProxyOptions ForApiServer(string kubeconfig)
    {
        var cluster = ProxiedKubeconfig.ClusterOf(YamlText.ReadObjects(File.ReadAllText(kubeconfig))[0]);
        return new FaultProxyOptions
        {
            Upstream = new Uri(cluster.TextAt("server") ?? throw new InvalidOperationException($"{kubeconfig} names no server.")),
            Authorities = ReadAuthorities(cluster, Path.GetDirectoryName(Path.GetFullPath(kubeconfig))!),
            Tls = true,
        };
    }

    private static X509Certificate2Collection? ReadAuthorities(JsonObject cluster, string directory)
    {
        var authorities = new X509Certificate2Collection();
        if (cluster.TextAt("certificate-authority-data") is { } data)
        {
            authorities.ImportFromPem(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data)));
        }
        else if (cluster.TextAt("certificate-authority") is { } file)
        {
            authorities.ImportFromPemFile(Path.Combine(directory, file));
        }

        return authorities.Count == 0 ? null : authorities;
    }
}

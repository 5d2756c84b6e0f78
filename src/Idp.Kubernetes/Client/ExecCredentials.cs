using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Authentication;

namespace Idp.Kubernetes.Client;

/// <summary>Credentials of a plugin, kept until shortly before they expire; asked for once, however many requests wait for them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to dispose.")]
internal sealed class ExecCredentials(ExecPlugin plugin, TimeProvider clock) : ServiceClientCredentials
{
    /// <summary>How long a connection may live: a certificate that was renewed needs a new one.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);

    // Longer than a connection lives, so that no connection outlives the certificate that it was made with.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);
    private readonly SemaphoreSlim _running = new(1, 1);
    private DateTimeOffset _renewAt = DateTimeOffset.MinValue;
    private AuthenticationHeaderValue? _header;

    /// <summary>The certificate of the last time; null before, or where there is none.</summary>
    public X509Certificate2? Certificate { get; private set; }

    public override async Task ProcessHttpRequestAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() >= _renewAt)
            {
                Take(await plugin.RunAsync(clock, cancellationToken));
            }

            request.Headers.Authorization = _header;
        }
        finally
        {
            _running.Release();
        }
    }

    private void Take(string output)
    {
        try
        {
            var status = JsonSerializer.Deserialize(output, ClientJson.Default.ExecCredentialResponse)?.Status;
            if (status?.IsValid() != true)
            {
                throw new KubeConfigException($"The credential plugin {plugin.Command} gave neither a token nor a certificate.");
            }

            Certificate = status.ClientCertificateData is { Length: > 0 } pem ? ClientCertificate.FromPem(pem, status.ClientKeyData ?? "") : null;
            _header = status.Token is { Length: > 0 } token ? new AuthenticationHeaderValue("Bearer", token) : null;
            _renewAt = status.ExpirationTimestamp is { } expires ? RenewAt(expires.ToUniversalTime()) : DateTimeOffset.MaxValue;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or CryptographicException)
        {
            // The inner exception could quote what the plugin printed: a credential.
            throw new KubeConfigException($"The credential plugin {plugin.Command} printed no ExecCredential.");
        }
    }

    // Of a short life the last tenth is left, so that it is not renewed at every request.
    private DateTimeOffset RenewAt(DateTimeOffset expires) =>
        expires - TimeSpan.FromTicks(Math.Clamp((expires - clock.GetUtcNow()).Ticks / 10, 0, Margin.Ticks));
}

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

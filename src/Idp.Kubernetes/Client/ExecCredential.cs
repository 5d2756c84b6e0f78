using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Client;

/// <summary>Credentials of a plugin, kept until shortly before they expire.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to dispose.")]
internal sealed class ExecCredential(ExecPlugin plugin) : ICredentialSource
{
    // Longer than a connection lives, so that no connection outlives the certificate that it was made with.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);
    private readonly SemaphoreSlim _running = new(1, 1);
    private volatile Issued? _issued;

    public TimeSpan ConnectionLifetime => TimeSpan.FromMinutes(1);

    public async ValueTask<Credential> GetAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        if (_issued is { } known && known.IsGood(clock.GetUtcNow()))
        {
            return known.Credential;
        }

        await _running.WaitAsync(cancellationToken);
        try
        {
            if (_issued is not { } other || !other.IsGood(clock.GetUtcNow()))
            {
                _issued = Read(await plugin.RunAsync(clock, cancellationToken), clock.GetUtcNow());
            }

            return _issued.Credential;
        }
        finally
        {
            _running.Release();
        }
    }

    public bool Forget()
    {
        _issued = null;
        return true;
    }

    private Issued Read(string output, DateTimeOffset now)
    {
        try
        {
            var status = JsonNode.Parse(output)?["status"];
            var token = (string?)status?["token"];
            var certificate = (string?)status?["clientCertificateData"] is { Length: > 0 } pem
                ? Certificates.FromPem(pem, (string?)status?["clientKeyData"] ?? "")
                : null;
            if (string.IsNullOrEmpty(token) && certificate is null)
            {
                throw new KubeConfigException($"The credential plugin {plugin.Command} gave neither a token nor a certificate.");
            }

            return new Issued(new Credential(token, certificate), RenewAt((string?)status?["expirationTimestamp"], now));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException
            or FormatException or ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            // The inner exception could quote what the plugin printed: a credential.
            throw new KubeConfigException($"The credential plugin {plugin.Command} printed no ExecCredential.");
        }
    }

    private static DateTimeOffset RenewAt(string? expiration, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(expiration))
        {
            return DateTimeOffset.MaxValue;
        }

        var expires = DateTimeOffset.Parse(expiration, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        // Of a short life the last tenth is left, so that it is not renewed at every request.
        var margin = TimeSpan.FromTicks(Math.Clamp((expires - now).Ticks / 10, 0, Margin.Ticks));
        return expires - margin;
    }

    private sealed class Issued(Credential credential, DateTimeOffset renewAt)
    {
        public Credential Credential { get; } = credential;

        public bool IsGood(DateTimeOffset now) => now < renewAt;
    }
}

using System.Security.Cryptography;
using System.Text;
using Idp.Kubernetes.Client;

namespace Idp.Operator.Webhooks;

/// <summary>Tells by <c>X-Hub-Signature-256</c> whether a delivery is GitHub's. Pure.</summary>
/// <remarks>https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries</remarks>
public static class WebhookSignature
{
    private const string Prefix = "sha256=";

    /// <summary>Whether the header is the signature of exactly these bytes; in a time that tells nothing about the right one.</summary>
    /// <param name="header">The header's value; null where it is missing.</param>
    /// <param name="secret">What GitHub was given as the webhook's secret.</param>
    /// <param name="body">The bytes of the delivery, as they came.</param>
    public static bool IsValid(string? header, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> body)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (secret.IsEmpty || !TryRead(header, claimed))
        {
            return false;
        }

        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, body, right);
        return CryptographicOperations.FixedTimeEquals(claimed, right);
    }

    private static bool TryRead(string? header, Span<byte> claimed) =>
        header is not null
        && header.Length == Prefix.Length + (2 * HMACSHA256.HashSizeInBytes)
        && header.StartsWith(Prefix, StringComparison.Ordinal)
        && Convert.FromHexString(header.AsSpan(Prefix.Length), claimed, out _, out _) == System.Buffers.OperationStatus.Done;
}

/// <summary>The secrets that stand in a file, one a line; blanks around them and empty lines are cut off.</summary>
internal static class WebhookSecret
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads the file, which a rotated Secret needs each time; none where it is missing, empty or unreadable.</summary>
    public static IReadOnlyList<byte[]> Read(string path)
    {
        try
        {
            var lines = BoundedText.OfFile(path, MaxBytes).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return [.. lines.Select(Encoding.UTF8.GetBytes)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Idp.Operator.Repositories;

/// <summary>The keys that only the operator has: the first signs, all verify, so that one can take the place of another.</summary>
/// <remarks>Never printed: what is signed with them proves whose a repository is.</remarks>
public sealed class OwnershipKeys
{
    /// <summary>The least length of a key in bytes: that of the hash.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private const char Separator = '\0';
    private const int MaxKeys = 16;
    private readonly IReadOnlyList<byte[]> _keys;

    private OwnershipKeys(IReadOnlyList<byte[]> keys) => _keys = keys;

    /// <summary>A key that nobody else has or ever will.</summary>
    public static OwnershipKeys Random() => new([RandomNumberGenerator.GetBytes(Length)]);

    /// <summary>Reads one key per line, in Base64; null where a line is no key of sufficient length, or there are none or too many.</summary>
    public static OwnershipKeys? Read(string? text)
    {
        var lines = (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var keys = lines.Take(MaxKeys + 1).Select(Decode).ToList();
        return keys.Count is 0 or > MaxKeys || keys.Any(key => key is null) ? null : new OwnershipKeys([.. keys.OfType<byte[]>()]);
    }

    /// <summary>The text that <see cref="Read"/> reads.</summary>
    public static string NewText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n";

    /// <summary>Signs what the parts say together, in this order.</summary>
    public string Sign(params ReadOnlySpan<string> parts) => Base64Url.EncodeToString(HMACSHA256.HashData(_keys[0], Join(parts)));

    /// <summary>Whether one of the keys signed exactly these parts.</summary>
    public bool Verify(string? signature, params ReadOnlySpan<string> parts)
    {
        // A part that holds the separator could pass for two.
        foreach (var part in parts)
        {
            if (part.Contains(Separator, StringComparison.Ordinal))
            {
                return false;
            }
        }

        var message = Join(parts);
        return signature is { Length: > 0 and <= 64 }
            && _keys.Any(key => CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(Base64Url.EncodeToString(HMACSHA256.HashData(key, message))), Encoding.UTF8.GetBytes(signature)));
    }

    private static byte[] Join(ReadOnlySpan<string> parts) => Encoding.UTF8.GetBytes(string.Join(Separator, parts));

    private static byte[]? Decode(string line)
    {
        var key = new byte[line.Length];
        return Convert.TryFromBase64String(line, key, out var length) && length >= Length ? key[..length] : null;
    }
}

/// <summary>What the operator signs, so that a repository whose id is not written down anywhere is known again.</summary>
/// <remarks>
/// Bound to the namespace and name of the BackendApp and not to its uid: a cluster that was restored from a backup has new
/// uids. Bound to the number of the repository, which GitHub gives and nobody can choose: a copy proves nothing elsewhere.
/// </remarks>
internal static class OwnershipSignature
{
    /// <summary>The signature in the marker of a repository.</summary>
    public static string OfRepository(OwnershipKeys keys, RepositoryOwner owner, long id) => keys.Sign(Repository(owner, id));

    /// <summary>Whether the operator signed that this repository is that owner's.</summary>
    public static bool IsOfRepository(OwnershipKeys keys, RepositoryOwner owner, long id, string? signature) =>
        keys.Verify(signature, Repository(owner, id));

    /// <summary>The signature in the request that creates a repository.</summary>
    public static string OfRequest(OwnershipKeys keys, RepositoryOwner owner, string fullName, DateTimeOffset at) =>
        keys.Sign(Request(owner, fullName, at));

    /// <summary>Whether the operator asked for a repository of that name at that time for that owner.</summary>
    public static bool IsOfRequest(OwnershipKeys keys, RepositoryOwner owner, string fullName, DateTimeOffset at, string? signature) =>
        keys.Verify(signature, Request(owner, fullName, at));

    /// <summary>The signature in the lock of what a golden path brought.</summary>
    public static string OfLock(OwnershipKeys keys, long id, string digest) => keys.Sign(Lock(id, digest));

    /// <summary>Whether the operator wrote that lock, and for that very repository.</summary>
    public static bool IsOfLock(OwnershipKeys keys, long id, string digest, string? signature) => keys.Verify(signature, Lock(id, digest));

    private static string[] Lock(long id, string digest) => ["idp/v1/golden-path", id.ToString(CultureInfo.InvariantCulture), digest];

    private static string[] Repository(RepositoryOwner owner, long id) =>
        ["idp/v1/repository", id.ToString(CultureInfo.InvariantCulture), owner.Role ?? "", owner.Name];

    // GitHub takes upper and lower case for the same name.
    private static string[] Request(RepositoryOwner owner, string fullName, DateTimeOffset at) =>
        ["idp/v1/request", fullName.ToLowerInvariant(), at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), owner.Role ?? "", owner.Name];
}

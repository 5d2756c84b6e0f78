using System.Security.Cryptography;

namespace Idp.GitHub;

/// <summary>A file that holds a credential: read whole, but never more than one can be.</summary>
internal static class CredentialFile
{
    /// <summary>The most that a token or a key may be, in bytes.</summary>
    public const int Limit = 64 * 1024;

    private const int Usual = 4 * 1024;

    /// <summary>Returns the text.</summary>
    /// <remarks>A mounted Secret lies in memory: an asynchronous read would only cost a change of threads.</remarks>
    /// <param name="path">Where it is.</param>
    /// <param name="kind">What it holds: a token, or a private key.</param>
    /// <exception cref="TokenUnavailableException">It cannot be read, or is larger than the limit.</exception>
    public static string ReadText(string path, string kind)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            var bytes = new byte[Usual];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read == bytes.Length)
            {
                Array.Resize(ref bytes, Limit + 1);
                read += file.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
            }

            if (read > Limit)
            {
                throw new TokenUnavailableException($"The {kind} file {path} is larger than any {kind.Split(' ')[^1]} is.");
            }

            using var text = new StreamReader(new MemoryStream(bytes, 0, read));
            return text.ReadToEnd();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TokenUnavailableException($"The {kind} file {path} cannot be read.", error);
        }
    }
}

/// <summary>
/// A token kept in a file, such as a mounted Kubernetes Secret; a rotated token is used at the next request.
/// </summary>
/// <remarks>
/// The file is read for every request. That takes microseconds beside a call to GitHub, and unlike a look at the time
/// of the last change it cannot miss the way Kubernetes swaps a mounted Secret: by symbolic link.
/// </remarks>
/// <param name="path">The file that holds the token and nothing else; blanks around it are cut off.</param>
public sealed class TokenFile(string path) : ITokenSource
{
    /// <inheritdoc/>
    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var token = CredentialFile.ReadText(path, "token").Trim();
        if (token.Length == 0)
        {
            throw new TokenUnavailableException($"The token file {path} is empty.");
        }

        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new TokenUnavailableException($"The token file {path} holds more than one token on one line.");
        }

        return ValueTask.FromResult(token);
    }

    /// <summary>Returns the path of the file; never the token.</summary>
    public override string ToString() => $"token file {path}";
}

/// <summary>The private key of an App, kept in a file such as a mounted Kubernetes Secret.</summary>
/// <remarks>Read for each signature: there are two in an hour, and so a rotated key needs no restart.</remarks>
internal sealed class PrivateKeyFile(string path)
{
    /// <summary>Signs by RS256.</summary>
    /// <exception cref="TokenUnavailableException">The file cannot be read, or holds no usable key.</exception>
    public byte[] Sign(byte[] data)
    {
        var text = CredentialFile.ReadText(path, "private key");
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(text);
            return key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            // The inner exception stays here: nothing that has seen the key's text goes any further.
            throw new TokenUnavailableException(
                $"The private key file {path} holds no unencrypted RSA private key in PEM format; put the .pem file into "
                + "it that GitHub made for the App.");
        }
    }
}

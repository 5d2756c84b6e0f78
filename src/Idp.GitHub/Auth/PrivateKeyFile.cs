using System.Security.Cryptography;

namespace Idp.GitHub;

/// <summary>The private key of an App, kept in a file such as a mounted Kubernetes Secret.</summary>
/// <remarks>Read for each signature: there are two in an hour, and so a rotated key needs no restart.</remarks>
internal sealed class PrivateKeyFile(string path)
{
    /// <summary>Signs by RS256.</summary>
    /// <exception cref="TokenUnavailableException">The file cannot be read, or holds no usable key.</exception>
    public byte[] Sign(byte[] data)
    {
        var text = Read();
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

    private string Read()
    {
        try
        {
            return SmallFile.ReadText(path)
                ?? throw new TokenUnavailableException($"The private key file {path} is larger than any key is.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TokenUnavailableException($"The private key file {path} cannot be read.", error);
        }
    }
}

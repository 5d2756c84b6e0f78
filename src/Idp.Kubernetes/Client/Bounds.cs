using System.Buffers;
using System.Text;

namespace Idp.Kubernetes.Client;

/// <summary>The most bytes that are read of each kind of thing from outside. What counts is the size after decompression.</summary>
internal static class Bounds
{
    /// <summary>One object, alone, in a list or in a line of a watch: etcd takes 1.5 MiB of it, as it is installed.</summary>
    public const int Object = 8 * 1024 * 1024;

    /// <summary>A page of a list.</summary>
    public const long Page = 256L * 1024 * 1024;

    /// <summary>The Status that goes with a refusal.</summary>
    public const int Refusal = 256 * 1024;

    /// <summary>A file that names servers and credentials or holds them, or what a credential plugin prints.</summary>
    public const int Config = 1024 * 1024;

    /// <summary>Reads a body; null where it is longer than the limit, and then the rest is left unread.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(limit, cancellationToken);
            return await content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return null;
        }
    }
}

/// <summary>Reads what comes from outside no further than its limit, and holds no more of it than came.</summary>
public static class BoundedText
{
    private const int Chunk = 16 * 1024;

    /// <summary>Returns the text of a file.</summary>
    /// <param name="path">The file; a pipe or a device is read like one.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <exception cref="IOException">It is longer than that, or cannot be read.</exception>
    public static string OfFile(string path, int limit)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        using var bytes = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            while (file.Read(chunk) is > 0 and var read)
            {
                bytes.Write(chunk, 0, read);
                if (bytes.Length > limit)
                {
                    throw new IOException($"{path} is larger than {limit / 1024} KiB.");
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk, clearArray: true);
        }

        bytes.Position = 0;
        using var text = new StreamReader(bytes);
        return text.ReadToEnd();
    }

    /// <summary>Returns what a program prints, or null where it is longer than the limit.</summary>
    internal static async Task<string?> OfOutputAsync(TextReader output, int limit, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var chunk = new char[Chunk];
        while (await output.ReadAsync(chunk, cancellationToken) is > 0 and var read)
        {
            if (text.Length + read > limit)
            {
                return null;
            }

            text.Append(chunk, 0, read);
        }

        return text.ToString();
    }
}

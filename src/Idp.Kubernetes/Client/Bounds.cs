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
}

/// <summary>Reads an answer while it comes in, and no further than its limit. What counts is the size after decompression.</summary>
internal static class BoundedBody
{
    private const int Piece = 64 * 1024;

    /// <summary>Returns the body, or null where it is longer than the limit; the rest is then left unread.</summary>
    /// <remarks>It is gathered in pieces that are used again, so that one that is too long leaves nothing behind.</remarks>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit)
        {
            return null;
        }

        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var pieces = new List<byte[]>();
        try
        {
            var length = 0;
            for (var used = Piece; ;)
            {
                if (used == Piece)
                {
                    pieces.Add(ArrayPool<byte>.Shared.Rent(Piece));
                    used = 0;
                }

                var read = await body.ReadAsync(pieces[^1].AsMemory(used, Piece - used), cancellationToken);
                if (read == 0)
                {
                    return Joined(pieces, length);
                }

                used += read;
                length += read;
                if (length > limit)
                {
                    return null;
                }
            }
        }
        finally
        {
            pieces.ForEach(piece => ArrayPool<byte>.Shared.Return(piece));
        }
    }

    private static byte[] Joined(List<byte[]> pieces, int length)
    {
        var whole = new byte[length];
        for (var at = 0; at < length; at += Piece)
        {
            pieces[at / Piece].AsSpan(0, Math.Min(Piece, length - at)).CopyTo(whole.AsSpan(at));
        }

        return whole;
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

using System.Buffers;

namespace Idp.GitHub;

/// <summary>Reads a body while it comes in, and no further than its limit. What counts is the size after decompression.</summary>
internal static class BoundedBody
{
    /// <summary>The most that an answer of GitHub's API may be: ten times what its largest one is.</summary>
    public const int Answer = 8 * 1024 * 1024;

    /// <summary>The most that the words of a failure may be.</summary>
    public const int Failure = 256 * 1024;

    private const int Piece = 64 * 1024;

    /// <summary>The most that an answer may be which holds a file of so many bytes, in lines of Base64.</summary>
    public static int AnswerWithFile(int bytes) => (bytes / 2 * 3) + (16 * 1024);

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

using System.Buffers;

namespace Idp.Kubernetes.Client;

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

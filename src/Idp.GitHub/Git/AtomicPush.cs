namespace Idp.GitHub;

/// <summary>Has a push move several references together or none of them. Pure.</summary>
/// <remarks>libgit2 does not know how. See https://git-scm.com/docs/gitprotocol-capabilities#_atomic.</remarks>
internal static class AtomicPush
{
    /// <summary>How that is called between Git and a server.</summary>
    public const string Capability = "atomic";

    /// <summary>Returns the request with that wish, if it is about several references.</summary>
    public static byte[] Ask(byte[] request)
    {
        var commands = PktLines.In(request).TakeWhile(line => line.Length > 0).ToList();
        if (commands.Count < 2)
        {
            return request;
        }

        // What the client understands stands behind the first, after a zero.
        var first = commands[0];
        var rest = request[(first.Length + PktLines.LengthDigits)..];
        return [.. PktLines.Of([.. first.Span.TrimEnd((byte)'\n'), .. " atomic"u8]), .. rest];
    }

    /// <summary>Whether a reference was not moved only because another one could not be.</summary>
    public static bool IsFollowed(string status) => status.Contains(Capability, StringComparison.OrdinalIgnoreCase);
}

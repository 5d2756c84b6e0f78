using System.Globalization;
using System.Text;

namespace Idp.GitHub;

/// <summary>Has a fetch leave out all that is older than the commits that are asked for. Pure.</summary>
/// <remarks>
/// LibGit2Sharp has a depth among the options of a fetch, and takes no notice of it. So it is put into the request on its way, and the answer
/// to it taken out of what libgit2 gets to see. See https://git-scm.com/docs/gitprotocol-pack#_packfile_negotiation.
/// </remarks>
internal static class ShallowFetch
{
    /// <summary>How that is called between Git and a server.</summary>
    public const string Capability = "shallow";

    // Far more than there are references to ask for.
    private const int MaxLines = 1000;
    private const int MaxLine = 1000;

    private static readonly byte[] Deepen = "000cdeepen 1"u8.ToArray();

    /// <summary>Returns the request with the wish for the last commits alone, behind what is wanted.</summary>
    public static byte[] Ask(byte[] request)
    {
        var wanted = PktLines.In(request).TakeWhile(line => line.Span.StartsWith("want "u8)).Sum(line => line.Length + PktLines.LengthDigits);
        return [.. request[..wanted], .. Deepen, .. request[wanted..]];
    }

    /// <summary>Reads the first part of the answer, up to where the other begins: the commits whose parents are left out.</summary>
    /// <param name="read">Reads what is there; 0 at the end.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static IReadOnlyList<string> ReadCut(Func<Memory<byte>, int> read)
    {
        var cut = new List<string>();
        while (ReadLine(read) is { } line)
        {
            if (cut.Count == MaxLines || line.TrimEnd('\n').Split(' ') is not [Capability, { Length: 40 or 64 } sha])
            {
                throw new InvalidDataException("It does not say what it left out.");
            }

            cut.Add(sha);
        }

        return cut;
    }

    /// <summary>Returns the next line; null for what stands between two parts.</summary>
    private static string? ReadLine(Func<Memory<byte>, int> read)
    {
        var digits = Encoding.ASCII.GetString(ReadExactly(read, PktLines.LengthDigits));
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length)
            || length is (not 0 and < PktLines.LengthDigits) or > MaxLine)
        {
            throw new InvalidDataException("It is not made of lines.");
        }

        return length == 0 ? null : Encoding.ASCII.GetString(ReadExactly(read, length - PktLines.LengthDigits));
    }

    private static byte[] ReadExactly(Func<Memory<byte>, int> read, int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var more = read(bytes.AsMemory(at));
            at += more > 0 ? more : throw new InvalidDataException("It ends too early.");
        }

        return bytes;
    }
}

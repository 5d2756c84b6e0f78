using System.Globalization;
using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>The lines that Git talks in: four hexadecimal digits for the length, and the bytes.</summary>
/// <remarks>See https://git-scm.com/docs/protocol-common#_pkt_line_format.</remarks>
internal static class PktLine
{
    /// <summary>What stands between two parts.</summary>
    public static readonly byte[] Flush = "0000"u8.ToArray();

    public static byte[] Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static byte[] Of(byte[] bytes) =>
        [.. Encoding.ASCII.GetBytes((bytes.Length + 4).ToString("x4", CultureInfo.InvariantCulture)), .. bytes];

    /// <summary>Reads lines up to the first flush; returns where that ends.</summary>
    public static List<string> Read(ReadOnlySpan<byte> bytes, out int end)
    {
        List<string> lines = [];
        for (end = 0; end + 4 <= bytes.Length;)
        {
            var length = int.Parse(bytes.Slice(end, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                end += 4;
                break;
            }

            lines.Add(Encoding.UTF8.GetString(bytes[(end + 4)..(end + length)]));
            end += length;
        }

        return lines;
    }
}

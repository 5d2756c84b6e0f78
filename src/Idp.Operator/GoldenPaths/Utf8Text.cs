using System.Text;

namespace Idp.Operator.GoldenPaths;

/// <summary>What of bytes is UTF-8 text. Pure.</summary>
internal static class Utf8Text
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text, without the mark that some editors begin it with.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.StartsWith(Mark) ? bytes[Mark.Length..] : bytes);

    /// <summary>Whether bytes are text: UTF-8 without a zero.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => FirstFault(bytes) is null && !bytes.Contains((byte)0);

    /// <summary>Where bytes are UTF-8 no longer, from line and column 1; null where they are to the end.</summary>
    public static (int Line, int Column)? FirstFault(ReadOnlySpan<byte> bytes)
    {
        var good = System.Text.Unicode.Utf8.IsValid(bytes) ? bytes.Length : GoodBytes(bytes);
        if (good == bytes.Length)
        {
            return null;
        }

        var before = bytes[..good];
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }

    private static int GoodBytes(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var taken) == System.Buffers.OperationStatus.Done)
        {
            at += taken;
        }

        return at;
    }
}

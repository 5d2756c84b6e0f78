using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Idp.Kubernetes.Model;

/// <summary>Escapes in JSON what has to be escaped, and writes everything else as it is, as Go does.</summary>
/// <remarks>
/// API servers read what is applied as YAML, also today's. That knows no character in two halves, as which .NET's encoders write every character
/// beyond the basic plane: an emoji in a text would be refused for ever. Some values, such as quantities, are read without undoing escapes at all.
/// See <see href="https://yaml.org/spec/1.2.2/#57-escaped-characters"/>.
/// </remarks>
public sealed class PlainJsonEncoder : JavaScriptEncoder
{
    /// <summary>The one there is.</summary>
    public static readonly PlainJsonEncoder Instance = new();

    private const int LastOfBasicPlane = 0xFFFF;

    private PlainJsonEncoder()
    {
    }

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar <= LastOfBasicPlane && UnsafeRelaxedJsonEscaping.WillEncode(unicodeScalar);

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var from = 0; ;)
        {
            var found = UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncode(text + from, textLength - from);
            if (found < 0)
            {
                return found;
            }

            found += from;
            if (found + 1 >= textLength || !char.IsSurrogatePair(text[found], text[found + 1]))
            {
                return found;
            }

            from = found + 2;
        }
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        for (var from = 0; ;)
        {
            var found = UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncodeUtf8(utf8Text[from..]);
            if (found < 0)
            {
                return found;
            }

            found += from;
            if (Rune.DecodeFromUtf8(utf8Text[found..], out var rune, out var length) != OperationStatus.Done || rune.IsBmp)
            {
                return found;
            }

            from = found + length;
        }
    }
}

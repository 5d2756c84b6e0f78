using System.Text;
using System.Text.RegularExpressions;

namespace Idp.Kubernetes.Model;

/// <summary>Takes out of texts for people what must not be read by everybody.</summary>
/// <remarks>
/// A net, not a licence: who writes a message leaves secrets out of it. But the words of servers and of other
/// controllers end in conditions and events too, and those are read by everyone with access to the object.
/// </remarks>
public static partial class Redaction
{
    private const string Mark = "***";

    /// <summary>The text with everything that looks like a credential replaced by <c>***</c>.</summary>
    public static string Clean(string text)
    {
        text = PrivateKey().Replace(text, Mark);
        text = UserInfo().Replace(text, $"$1{Mark}@");
        text = Token().Replace(text, Mark);
        text = Bearer().Replace(text, $"$1 {Mark}");
        return Named().Replace(text, $"$1$2{Mark}");
    }

    /// <summary>The text cut to so many bytes of UTF-8, with an ellipsis where something was cut.</summary>
    public static string Trim(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
        {
            return text;
        }

        const string Ellipsis = "…";
        var left = bytes - Encoding.UTF8.GetByteCount(Ellipsis);
        var kept = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Utf8SequenceLength > left)
            {
                break;
            }

            left -= rune.Utf8SequenceLength;
            kept += rune.Utf16SequenceLength;
        }

        return text[..kept] + Ellipsis;
    }

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)", RegexOptions.Singleline)]
    private static partial Regex PrivateKey();

    // https://user:password@host, and https://token@host
    [GeneratedRegex(@"(\b[a-zA-Z][a-zA-Z0-9+.-]*://)[^\s/@]+@")]
    private static partial Regex UserInfo();

    // GitHub's tokens, JSON web tokens, AWS access keys
    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9_.-]{16,}|github_pat_[A-Za-z0-9_]{16,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*|(AKIA|ASIA)[A-Z0-9]{16})")]
    private static partial Regex Token();

    [GeneratedRegex(@"\b(bearer|basic)\s+[A-Za-z0-9+/=._~-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex("""\b((?:password|passwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|client[-_]?secret)["']?)(\s*[=:]\s*["']?)(?!\*\*\*)[^\s"',;&]{3,}""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}

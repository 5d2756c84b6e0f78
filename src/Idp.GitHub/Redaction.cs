using System.Text.RegularExpressions;

namespace Idp.GitHub;

/// <summary>Takes tokens out of text that people or logs will see.</summary>
public static partial class Redaction
{
    /// <summary>Stands where a token stood.</summary>
    public const string Mask = "***";

    /// <summary>
    /// Returns the text with everything that looks like a GitHub token replaced by <see cref="Mask"/>.
    /// </summary>
    /// <remarks>
    /// Tokens have no fixed length, so everything up to the next blank goes. See
    /// <see href="https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats"/>.
    /// </remarks>
    public static string Redact(string text) => Token().Replace(text, Mask);

    internal static string Redact(string text, string token) => Redact(
        text.Replace(token, Mask, StringComparison.Ordinal));

    [GeneratedRegex(@"(gh[opsur]_|github_pat_)\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}

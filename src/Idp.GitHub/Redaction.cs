using System.Text.RegularExpressions;

namespace Idp.GitHub;

/// <summary>Takes tokens out of text that people or logs will see.</summary>
public static partial class Redaction
{
    /// <summary>Stands where a token stood.</summary>
    public const string Mask = "***";

    /// <summary>
    /// Returns the text with everything that looks like a GitHub token, a JSON web token or a PEM block replaced by
    /// <see cref="Mask"/>.
    /// </summary>
    /// <remarks>
    /// Tokens have no fixed length, so everything up to the next blank goes; of a PEM block without an end, everything. See
    /// <see href="https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats"/>.
    /// </remarks>
    public static string Redact(string text) => Token().Replace(Pem().Replace(text, Mask), Mask);

    internal static string Redact(string text, string token) => Redact(
        token.Length == 0 ? text : text.Replace(token, Mask, StringComparison.Ordinal));

    // What starts with eyJ is the beginning of a JSON object in base64.
    [GeneratedRegex(@"((gh[opsur]_|github_pat_)|eyJ[A-Za-z0-9_-]{8})\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]+-----.*?(-----END [A-Z0-9 ]+-----|\\z)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Pem();
}

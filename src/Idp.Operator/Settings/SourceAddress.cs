using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Operator.Settings;

/// <summary>One spelling for the addresses that lead to one Git repository. Pure.</summary>
/// <remarks>
/// Git, Argo CD and a web server need not read an unusual address alike, and a grant holds only for what all of them read in one way. So
/// everything but a plain address has no spelling here: user and password, a query, escapes, empty and dotted parts, other alphabets, other
/// schemes than http and https.
/// </remarks>
internal static partial class SourceAddress
{
    private const string Suffix = ".git";

    /// <summary>The spelling: host in lower case, no default port, no <c>.git</c>. Null where the address is not plain.</summary>
    public static string? Plain(string address)
    {
        if (address.Length > 512 || Address().Match(address) is not { Success: true } parts)
        {
            return null;
        }

        var scheme = parts.Groups["scheme"].Value;
        var port = parts.Groups["port"] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : Default(scheme);
        var path = WithoutSuffix(parts.Groups["path"].Value);
        return port > ushort.MaxValue || path.EndsWith('/') || path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"{scheme}://{parts.Groups["host"].Value.ToLowerInvariant()}{(port == Default(scheme) ? "" : $":{port}")}{path}";
    }

    /// <summary>Whether two addresses lead to one repository of GitHub, which does not tell upper from lower case.</summary>
    public static bool AreSame(string plain, string address) => string.Equals(plain, Plain(address), StringComparison.OrdinalIgnoreCase);

    private static int Default(string scheme) => scheme == "https" ? 443 : 80;

    /// <summary>The path of an address, or the pattern of a grant that is compared with plain addresses, without <c>.git</c>.</summary>
    public static string WithoutSuffix(string path) =>
        path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? path[..^Suffix.Length] : path;

    [GeneratedRegex(
        @"\A(?<scheme>https?)://(?<host>[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*)(:(?<port>[1-9][0-9]{0,4}))?(?<path>(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+)\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}

using System.Text;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>How Git proves who it is to repositories below a URL.</summary>
/// <param name="UrlPrefix">The server, such as <c>http://127.0.0.1:3000/</c>; nobody else is given the token.</param>
/// <param name="Token">The token; never printed.</param>
public sealed record GitCredentials(string UrlPrefix, string Token)
{
    /// <summary>A prefix of URLs that lead to this server instead; null for none.</summary>
    public string? StandsFor { get; init; }

    /// <summary>The environment in which Git goes to the same places as a stranger.</summary>
    internal IReadOnlyDictionary<string, string> AnonymousEnvironment() => StandsFor is null
        ? QuietEnvironment
        : new Dictionary<string, string>(QuietEnvironment, StringComparer.Ordinal)
        {
            ["GIT_CONFIG_COUNT"] = "1",
            ["GIT_CONFIG_KEY_0"] = $"url.{UrlPrefix}.insteadOf",
            ["GIT_CONFIG_VALUE_0"] = StandsFor,
        };

    /// <summary>The environment in which Git sends the token, and asks nobody for another.</summary>
    internal IReadOnlyDictionary<string, string> Environment()
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{Token}"));
        return new Dictionary<string, string>(QuietEnvironment, StringComparer.Ordinal)
        {
            ["GIT_CONFIG_COUNT"] = StandsFor is null ? "1" : "2",
            ["GIT_CONFIG_KEY_0"] = $"http.{UrlPrefix}.extraHeader",
            ["GIT_CONFIG_VALUE_0"] = $"Authorization: Basic {basic}",
            ["GIT_CONFIG_KEY_1"] = $"url.{UrlPrefix}.insteadOf",
            ["GIT_CONFIG_VALUE_1"] = StandsFor ?? "",
        };
    }

    /// <summary>The environment of a Git that asks nothing and reads no settings of the person at the keyboard.</summary>
    internal static readonly IReadOnlyDictionary<string, string> QuietEnvironment = new Dictionary<string, string>
    {
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
    };

    /// <summary>Says where, never with what.</summary>
    public override string ToString() => $"credentials for {UrlPrefix}";
}

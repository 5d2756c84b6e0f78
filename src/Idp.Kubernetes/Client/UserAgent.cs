using System.Buffers;

namespace Idp.Kubernetes.Client;

/// <summary>Says who sends a request, for audit logs and proxies: <c>name/version (instance)</c>.</summary>
/// <remarks>
/// What a header may not hold becomes an underscore, so that any host name or pod name will do.
/// https://www.rfc-editor.org/rfc/rfc9110#name-user-agent
/// </remarks>
public static class UserAgent
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> Token = SearchValues.Create(Alphanumeric + "!#$%&'*+-.^_`|~");
    private static readonly SearchValues<char> Comment = SearchValues.Create(Alphanumeric + "!#$%&'*+-.^_`|~ \",/:;<=>?@[]{}");

    /// <summary>The header's value.</summary>
    public static string Of(string name, string version, string instance) =>
        $"{Only(Token, name)}/{Only(Token, version)} ({Only(Comment, instance)})";

    private static string Only(SearchValues<char> allowed, string text) =>
        string.Concat(text.Select(character => allowed.Contains(character) ? character : '_'));
}

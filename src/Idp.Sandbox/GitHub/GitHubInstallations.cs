using System.Security.Cryptography;
using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>Where the App of a <see cref="GitHubServer"/> is installed, and the tokens that it has made there.</summary>
/// <remarks>Kept in memory: a server that is started again knows none of the tokens of before.</remarks>
public sealed class GitHubInstallations
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, Installation> _byAccount = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Issued> _tokens = new(StringComparer.Ordinal);
    private readonly List<string> _assertions = [];
    private string _publicKey;

    internal GitHubInstallations(GitHubServerApp app, TimeProvider clock)
    {
        (App, _clock, _publicKey) = (app, clock, app.PublicKeyPem);
        foreach (var (account, id) in app.Installations)
        {
            _byAccount[account] = new Installation(id, account, clock.GetUtcNow(), null);
        }
    }

    /// <summary>Every token that was made, whether it still is good or not, oldest first; secrets of this server.</summary>
    public IReadOnlyList<string> Tokens => Locked(() => _tokens.OrderBy(pair => pair.Value.Number).Select(pair => pair.Key).ToList());

    /// <summary>Every signed text by which the App has shown itself, oldest first; secrets of this server.</summary>
    public IReadOnlyList<string> Assertions => Locked(() => _assertions.ToList());

    /// <summary>Whether the newest token was made at least so long ago.</summary>
    public bool NewestIs(TimeSpan age) =>
        Locked(() => _tokens.Values.MaxBy(token => token.Number) is { } newest && _clock.GetUtcNow() - newest.ExpiresAt + App.TokenLifetime >= age);

    internal GitHubServerApp App { get; }

    internal string PublicKey => Locked(() => _publicKey);

    /// <summary>Installs the App, or installs it anew under another number.</summary>
    public void Install(string account, long id) => Locked(() => _byAccount[account] = new Installation(id, account, _clock.GetUtcNow(), null));

    /// <summary>Takes the App away from there; its tokens end.</summary>
    public void Uninstall(string account) => Locked(() => _byAccount.Remove(account));

    /// <summary>Suspends the installation, as an owner may; its tokens are of no use until <see cref="Unsuspend"/>.</summary>
    public void Suspend(string account) => Locked(() => _byAccount[account] = _byAccount[account] with { SuspendedAt = _clock.GetUtcNow() });

    /// <summary>Ends a suspension.</summary>
    public void Unsuspend(string account) => Locked(() => _byAccount[account] = _byAccount[account] with { SuspendedAt = null });

    /// <summary>Takes back every token that was made so far.</summary>
    public void RevokeTokens() => Locked(() =>
    {
        foreach (var token in _tokens.Keys)
        {
            _tokens[token] = _tokens[token] with { IsRevoked = true };
        }

        return true;
    });

    /// <summary>Replaces the App's key: what was signed with the old one is refused from now on.</summary>
    public void ReplaceKey(string publicKeyPem) => Locked(() => _publicKey = publicKeyPem);

    internal Installation? Find(string account) => Locked(() => _byAccount.GetValueOrDefault(account));

    internal Installation? Find(long id) => Locked(() => _byAccount.Values.FirstOrDefault(installation => installation.Id == id));

    internal void Heard(string assertion) => Locked(() =>
    {
        _assertions.Add(assertion);
        return true;
    });

    internal (string Token, DateTimeOffset ExpiresAt) Issue(Installation installation) => Locked(() =>
    {
        var now = _clock.GetUtcNow();
        var token = NewToken(installation.Id);
        _tokens[token] = new Issued(_tokens.Count, installation.Id, now + App.ReplicationLag, now + App.TokenLifetime, IsRevoked: false);
        return (token, now + App.TokenLifetime);
    });

    /// <summary>Returns the account whose repositories a token opens at this moment, or null for one that opens nothing.</summary>
    internal string? AccountOf(string token) => Locked(() =>
    {
        var now = _clock.GetUtcNow();
        return _tokens.TryGetValue(token, out var issued) && !issued.IsRevoked && now >= issued.KnownAt && now < issued.ExpiresAt
            ? _byAccount.Values.FirstOrDefault(installation => installation.Id == issued.Installation && installation.SuspendedAt is null)?.Account
            : null;
    });

    // ghs_, the App's id, and something of the size and shape of a signed text, as GitHub's are.
    private string NewToken(long installation)
    {
        var payload = $$"""{"iss":"sandbox","installation":{{installation}},"jti":"{{RandomNumberGenerator.GetHexString(64, lowercase: true)}}"}""";
        var parts = new[] { """{"alg":"ES256","typ":"JWT"}"""u8.ToArray(), Encoding.UTF8.GetBytes(payload), RandomNumberGenerator.GetBytes(64) };
        return $"ghs_{App.Id}_{string.Join('.', parts.Select(part => System.Buffers.Text.Base64Url.EncodeToString(part)))}";
    }

    private T Locked<T>(Func<T> work)
    {
        lock (_lock)
        {
            return work();
        }
    }

    internal sealed record Installation(long Id, string Account, DateTimeOffset CreatedAt, DateTimeOffset? SuspendedAt);

    private sealed record Issued(int Number, long Installation, DateTimeOffset KnownAt, DateTimeOffset ExpiresAt, bool IsRevoked);
}

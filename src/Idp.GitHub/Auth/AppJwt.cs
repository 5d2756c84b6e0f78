using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Idp.GitHub;

/// <summary>Shows GitHub that a request comes from the App itself: a short text signed with the App's key.</summary>
/// <remarks>
/// GitHub's clock decides. Where ours differs from it by so much that GitHub refuses, the difference is taken from the
/// refusal and kept. See
/// https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app.
/// </remarks>
internal sealed class AppJwt(GitHubAppInstallation app, TimeProvider clock) : ITokenSource
{
    // GitHub allows ten minutes from its present time, and nothing that was issued after it.
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(9);
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);
    private readonly PrivateKeyFile _key = new(app.PrivateKeyFile);
    private long _offset;

    /// <inheritdoc/>
    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow() + new TimeSpan(Volatile.Read(ref _offset));
        var claims = new JwtClaims((now - Before).ToUnixTimeSeconds(), (now + After).ToUnixTimeSeconds(), app.AppId);
        var json = JsonSerializer.SerializeToUtf8Bytes(claims, GitHubJson.Default.JwtClaims);
        var payload = Base64Url.EncodeToString(json);
        var signature = _key.Sign(Encoding.ASCII.GetBytes($"{Header}.{payload}"));
        return ValueTask.FromResult($"{Header}.{payload}.{Base64Url.EncodeToString(signature)}");
    }

    /// <inheritdoc/>
    public RetryDecision Rejected(RejectedToken refused)
    {
        if (refused.ServerTime is not { } time || !GitHubFailures.IsAboutTheClock(refused.Message))
        {
            return RetryDecision.GiveUp;
        }

        Volatile.Write(ref _offset, (time - clock.GetUtcNow()).Ticks);
        return RetryDecision.Another;
    }
}

/// <summary>What an App says of itself in a signed text.</summary>
internal sealed record JwtClaims(long Iat, long Exp, string Iss);

namespace Idp.GitHub;

/// <summary>
/// The tokens of a GitHub App's installation: minted when they are needed, kept until shortly before their end.
/// </summary>
/// <remarks>
/// <para>
/// Guarantees: however many callers wait, there is one request for a token; who stops waiting does not stop the
/// others; a token that GitHub takes back is replaced once; tokens are shown to GitHub alone. Safe for use from many
/// threads.
/// </para>
/// <para>
/// GitHub may refuse a token during its first seconds, before all of its servers know it: then
/// <see cref="GitHubUnauthorizedException.RetryAt"/> says when to come again. See
/// <see href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-an-installation-access-token-for-a-github-app"/>.
/// </para>
/// </remarks>
public sealed class InstallationTokens : ITokenSource
{
    // A token that is refused in its first seconds is one that GitHub has not made known yet; it gets a minute.
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Trial = TimeSpan.FromMinutes(1);
    private const int MaxDoublings = 4;

    private readonly Lock _lock = new();
    private readonly InstallationApi _api;
    private readonly TimeProvider _clock;
    private readonly string _name;
    private InstallationToken? _current;
    private Task<string>? _flight;

    /// <summary>Makes a source; nothing is sent yet.</summary>
    /// <param name="http">A client that follows no redirects; it stays the caller's to dispose.</param>
    /// <param name="installation">The App, and where it is installed.</param>
    /// <param name="options">Where GitHub is.</param>
    /// <param name="clock">The time.</param>
    /// <param name="observer">Is told of every request, or null.</param>
    public InstallationTokens(
        HttpClient http,
        GitHubAppInstallation installation,
        GitHubOptions options,
        TimeProvider clock,
        IGitHubCallObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(installation);
        var calls = new GitHubCalls(http, new AppJwt(installation, clock), options, clock, observer);
        _api = new InstallationApi(calls, installation, clock);
        _clock = clock;
        _name = $"App {installation.AppId} in {installation.Owner}";
    }

    /// <inheritdoc/>
    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<string> flight;
        lock (_lock)
        {
            if (_current is { } token && _clock.GetUtcNow() < token.RefreshAt)
            {
                return ValueTask.FromResult(token.Value);
            }

            flight = _flight ??= Task.Run(() => RenewAsync(CancellationToken.None), CancellationToken.None);
        }

        return new ValueTask<string>(flight.WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public void Accepted(string token)
    {
        lock (_lock)
        {
            if (_current is { } current && current.Value == token)
            {
                current.Refusals = 0;
            }
        }
    }

    /// <inheritdoc/>
    public RetryDecision Rejected(RejectedToken refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        lock (_lock)
        {
            if (_current is not { } token || token.Value != refused.Token)
            {
                // Somebody else was refused first, and has seen to it.
                return RetryDecision.Another;
            }

            var now = _clock.GetUtcNow();
            var age = now - token.MintedAt;
            if (age >= TimeSpan.Zero && age < (token.Refusals == 0 ? Young : Trial))
            {
                return RetryDecision.Later(now.AddSeconds(1 << Math.Min(token.Refusals++, MaxDoublings)));
            }

            // One that has been refused ever since has not been taken back: the next would fare no better.
            _current = null;
            return token.Refusals > 0 ? RetryDecision.GiveUp : RetryDecision.Another;
        }
    }

    /// <summary>Returns the App and where it is installed; never a token.</summary>
    public override string ToString() => _name;

    private async Task<string> RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = await _api.MintAsync(cancellationToken);
            lock (_lock)
            {
                _current = token;
            }

            return token.Value;
        }
        catch (GitHubException) when (Remaining() is { } old)
        {
            // It was early: what goes wrong here matters only when the old one has ended.
            return old;
        }
        finally
        {
            lock (_lock)
            {
                _flight = null;
            }
        }
    }

    private string? Remaining()
    {
        lock (_lock)
        {
            return _current is { } token && _clock.GetUtcNow() < token.ExpiresAt ? token.Value : null;
        }
    }
}

/// <summary>A GitHub App, and the place where it is installed.</summary>
/// <remarks>See <see href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/about-authentication-with-a-github-app"/>.</remarks>
public sealed record GitHubAppInstallation
{
    /// <summary>The App's id, such as <c>12345</c>, or its client id.</summary>
    public required string AppId { get; init; }

    /// <summary>The file of the App's private key, as PEM (PKCS#1 or PKCS#8); read again for each use.</summary>
    public required string PrivateKeyFile { get; init; }

    /// <summary>The organisation or user that has installed the App.</summary>
    public required string Owner { get; init; }

    /// <summary>The number of the installation; null to look it up by <see cref="Owner"/>.</summary>
    public long? InstallationId { get; init; }
}

/// <summary>A token of an installation, with the times that matter by our own clock.</summary>
internal sealed class InstallationToken(string value, DateTimeOffset mintedAt, TimeSpan lifetime)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    public string Value { get; } = value;

    public DateTimeOffset MintedAt { get; } = mintedAt;

    public DateTimeOffset ExpiresAt { get; } = mintedAt + lifetime;

    /// <summary>When the next one is due: early, but never before half of the life is over.</summary>
    public DateTimeOffset RefreshAt { get; } = mintedAt + (lifetime > 2 * Early ? lifetime - Early : lifetime / 2);

    /// <summary>How often it was refused since it was taken last.</summary>
    public int Refusals { get; set; }
}

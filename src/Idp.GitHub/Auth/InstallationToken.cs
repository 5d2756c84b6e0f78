namespace Idp.GitHub;

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

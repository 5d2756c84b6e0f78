namespace Idp.GitHub;

/// <summary>What an App says of itself in a signed text.</summary>
internal sealed record JwtClaims(long Iat, long Exp, string Iss);

/// <summary>An installation as GitHub writes it, cut down to what we read.</summary>
internal sealed record InstallationBody
{
    public required long Id { get; init; }
}

/// <summary>A token as GitHub writes it; no record, whose text would show the token.</summary>
internal sealed class InstallationTokenBody
{
    public required string Token { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

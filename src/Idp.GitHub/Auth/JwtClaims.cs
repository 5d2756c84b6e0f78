namespace Idp.GitHub;

/// <summary>What an App says of itself in a signed text.</summary>
internal sealed record JwtClaims(long Iat, long Exp, string Iss);

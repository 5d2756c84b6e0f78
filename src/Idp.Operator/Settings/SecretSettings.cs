namespace Idp.Operator.Settings;

/// <summary>Where the External Secrets Operator finds values.</summary>
public sealed record SecretSettings
{
    /// <summary>The store that every ExternalSecret names.</summary>
    public SecretStoreSettings Store { get; init; } = new();

    /// <summary>How often a value is read again, as a Go duration such as <c>1h</c> or <c>15m</c>.</summary>
    public string RefreshInterval { get; init; } = "1h";
}

namespace Idp.Operator.Settings;

/// <summary>How GitHub tells of changes by itself.</summary>
/// <remarks>https://docs.github.com/en/webhooks/about-webhooks</remarks>
public sealed record WebhookSettings
{
    /// <summary>
    /// The file that holds the webhook's secret; it is read for each delivery. Several lines are several secrets, of which each is
    /// good: so one is exchanged without losing a delivery.
    /// </summary>
    public required string SecretFile { get; init; }
}

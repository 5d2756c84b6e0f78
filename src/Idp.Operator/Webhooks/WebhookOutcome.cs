namespace Idp.Operator.Webhooks;

/// <summary>What became of a delivery: how it is answered to GitHub, and named in metrics.</summary>
/// <remarks>What is not 2xx, GitHub shows as failed and offers to deliver again; so nothing that succeeds on a second try is 2xx.</remarks>
/// <param name="Status">The HTTP status.</param>
/// <param name="Label">The value of the label <c>outcome</c>.</param>
public sealed record WebhookOutcome(int Status, string Label)
{
    /// <summary>The applications of its repository are looked at again.</summary>
    public static readonly WebhookOutcome Accepted = new(202, "accepted");

    /// <summary>It tells of nothing that matters here.</summary>
    public static readonly WebhookOutcome Ignored = new(202, "ignored");

    /// <summary>No application has that repository.</summary>
    public static readonly WebhookOutcome UnknownRepository = new(202, "unknown_repository");

    /// <summary>It was accepted before.</summary>
    public static readonly WebhookOutcome Duplicate = new(200, "duplicate");

    /// <summary>Its signature is missing or wrong.</summary>
    public static readonly WebhookOutcome Forged = new(401, "forged");

    /// <summary>It is signed, but is not what GitHub sends.</summary>
    public static readonly WebhookOutcome Malformed = new(400, "malformed");

    /// <summary>It is no JSON, by its own account.</summary>
    public static readonly WebhookOutcome WrongType = new(415, "wrong_type");

    /// <summary>It is larger than what is read.</summary>
    public static readonly WebhookOutcome TooLarge = new(413, "too_large");

    /// <summary>It took too long to arrive.</summary>
    public static readonly WebhookOutcome TimedOut = new(408, "timed_out");

    /// <summary>Another replica leads: this one does nothing.</summary>
    public static readonly WebhookOutcome Standby = new(503, "standby");

    /// <summary>There is no secret to tell it by.</summary>
    public static readonly WebhookOutcome NoSecret = new(503, "no_secret");

    /// <summary>Every outcome that there is.</summary>
    public static readonly IReadOnlyList<WebhookOutcome> All =
        [Accepted, Ignored, UnknownRepository, Duplicate, Forged, Malformed, WrongType, TooLarge, TimedOut, Standby, NoSecret];
}

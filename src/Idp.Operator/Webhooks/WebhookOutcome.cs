using System.Collections.Frozen;

namespace Idp.Operator.Webhooks;

/// <summary>What became of a delivery.</summary>
public enum WebhookOutcome
{
    /// <summary>The applications of its repository are looked at again.</summary>
    Accepted,

    /// <summary>It tells of nothing that matters here.</summary>
    Ignored,

    /// <summary>No application has that repository.</summary>
    UnknownRepository,

    /// <summary>It was accepted before.</summary>
    Duplicate,

    /// <summary>Its signature is missing or wrong.</summary>
    Forged,

    /// <summary>It is signed, but is not what GitHub sends.</summary>
    Malformed,

    /// <summary>It is no JSON, by its own account.</summary>
    WrongType,

    /// <summary>It is larger than what is read.</summary>
    TooLarge,

    /// <summary>It took too long to arrive.</summary>
    TimedOut,

    /// <summary>Another replica leads: this one does nothing.</summary>
    Standby,

    /// <summary>There is no secret to tell it by.</summary>
    NoSecret,
}

/// <summary>How each outcome is answered to GitHub, and named in metrics. Pure.</summary>
internal static class WebhookAnswers
{
    // What is not 2xx, GitHub shows as failed and offers to deliver again; so nothing that succeeds on a second try is 2xx.
    private static readonly FrozenDictionary<WebhookOutcome, (int Status, string Label)> All =
        new Dictionary<WebhookOutcome, (int, string)>
        {
            [WebhookOutcome.Accepted] = (202, "accepted"),
            [WebhookOutcome.Ignored] = (202, "ignored"),
            [WebhookOutcome.UnknownRepository] = (202, "unknown_repository"),
            [WebhookOutcome.Duplicate] = (200, "duplicate"),
            [WebhookOutcome.Forged] = (401, "forged"),
            [WebhookOutcome.Malformed] = (400, "malformed"),
            [WebhookOutcome.WrongType] = (415, "wrong_type"),
            [WebhookOutcome.TooLarge] = (413, "too_large"),
            [WebhookOutcome.TimedOut] = (408, "timed_out"),
            [WebhookOutcome.Standby] = (503, "standby"),
            [WebhookOutcome.NoSecret] = (503, "no_secret"),
        }.ToFrozenDictionary();

    /// <summary>Every label that there is.</summary>
    public static IEnumerable<string> Labels => All.Values.Select(answer => answer.Label);

    /// <summary>The HTTP status.</summary>
    public static int Status(WebhookOutcome outcome) => All[outcome].Status;

    /// <summary>The value of the label <c>outcome</c>.</summary>
    public static string Label(WebhookOutcome outcome) => All[outcome].Label;
}

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

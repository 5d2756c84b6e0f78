namespace Idp.Sandbox.GitHub;

/// <summary>What a <see cref="GitHubFault"/> does to a request.</summary>
public enum GitHubFaultKind
{
    /// <summary>The request is not carried out; the fault's own answer is given.</summary>
    Answer,

    /// <summary>The request is carried out, but the fault's own answer is given.</summary>
    AnswerAfter,

    /// <summary>The request is not carried out; the connection breaks without an answer.</summary>
    DropBefore,

    /// <summary>The request is carried out, but the connection breaks before the answer: a lost answer.</summary>
    DropAfter,

    /// <summary>
    /// A push is answered as where a rule of the organisation forbids it; <see cref="GitHubFault.Body"/> is what the rule says. The push of
    /// a ruleset of the repository's own needs no fault.
    /// </summary>
    Decline,
}

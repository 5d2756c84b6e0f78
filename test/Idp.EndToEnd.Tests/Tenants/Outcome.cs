using Idp.Entities;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>What has to be seen of a try.</summary>
internal abstract record Outcome
{
    /// <summary>
    /// Refused by a condition that says why, or by the API server, which has to name the field.
    /// </summary>
    /// <param name="Reason">The condition's reason.</param>
    /// <param name="Field">The field that is to be changed.</param>
    /// <param name="Words">What else the message has to say: what was asked for, and the way out.</param>
    public sealed record Refused(string Reason, string Field, IReadOnlyList<string> Words) : Outcome
    {
        /// <summary>The condition that says it; what may be over by itself is not stalled.</summary>
        public string Condition { get; init; } = Conditions.Stalled;

        /// <summary>Whether GitHub has to be asked before that is known; else it must not be.</summary>
        public bool AsksGitHub { get; init; } = Reason is Reasons.RepositoryConflict or Reasons.ResourceConflict;
    }

    /// <summary>Not allowed to the account, by the API server.</summary>
    public sealed record Forbidden : Outcome;

    /// <summary>Let through, and without effect on anybody else.</summary>
    /// <param name="See">What is to be seen of the attacker's own.</param>
    public sealed record Harmless(Func<Attack, Task> See) : Outcome
    {
        /// <summary>Whether it gets so far that something of the attacker's own is made: a repository, environments.</summary>
        public bool MakesOwn { get; init; } = true;
    }

    /// <summary>The manifest is wrong in a field.</summary>
    public static Outcome Invalid(string field) => new Refused(Reasons.InvalidSpec, field, []);

    /// <summary>Another team's, or nobody's, repository.</summary>
    public static Outcome Conflict(params string[] words) => new Refused(Reasons.RepositoryConflict, "spec.repository.name", words);

    /// <summary>An object that exists and is not the attacker's.</summary>
    public static Outcome Taken(params string[] words) => new Refused(Reasons.ResourceConflict, words[0], words);

    /// <summary>Something that <c>platform.yaml</c> does not grant.</summary>
    public static Outcome NotGranted(string field, params string[] words) => new Refused(Reasons.NotGranted, field, words);

    /// <summary>Not allowed to the account.</summary>
    public static Outcome NotAllowed() => new Forbidden();
}

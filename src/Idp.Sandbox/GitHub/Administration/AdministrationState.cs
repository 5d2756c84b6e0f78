using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>What a repository is beyond its files and its own settings.</summary>
internal sealed record AdministrationState
{
    /// <summary>The permission of each team, by slug.</summary>
    public IReadOnlyDictionary<string, string> Teams { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<StoredEnvironment> Environments { get; init; } = [];

    public IReadOnlyList<StoredVariable> Variables { get; init; } = [];

    public bool Alerts { get; init; }

    public IReadOnlyList<StoredRuleset> Rulesets { get; init; } = [];
}

/// <summary>An environment; the reviewers and the policy as they were sent.</summary>
internal sealed record StoredEnvironment
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public int WaitTimer { get; init; }
    public bool PreventSelfReview { get; init; }
    public IReadOnlyList<StoredReviewer> Reviewers { get; init; } = [];
    public JsonObject? BranchPolicy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Who approves deployments.</summary>
internal sealed record StoredReviewer(string Type, long Id);

/// <summary>A variable; its name in upper case, as GitHub keeps it.</summary>
internal sealed record StoredVariable(string Name, string Value, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A ruleset; what it consists of as it was sent.</summary>
internal sealed record StoredRuleset
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Enforcement { get; init; }
    public string Target { get; init; } = "branch";
    public JsonArray BypassActors { get; init; } = [];
    public JsonObject? Conditions { get; init; }
    public JsonArray Rules { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}

using Idp.Sandbox.StandIns.ArgoCd;

namespace Idp.Sandbox.StandIns;

/// <summary>How the stand-ins behave.</summary>
public sealed record StandInOptions
{
    /// <summary>Where the Argo CD stand-in keeps its clones.</summary>
    public required string Directory { get; init; }

    /// <summary>How long each state of progress stays visible; zero, for tests, jumps to the end.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How often the Argo CD stand-in asks a repository for news of which it did not hear.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How the Argo CD stand-in reads private repositories that a Secret is for; null for as nobody.</summary>
    public GitCredentials? Credentials { get; init; }

    /// <summary>
    /// Whether the SchemaHero stand-in sets <c>lastPlannedTableSpecSHA</c>: 0.25.0 does not get to it, later versions do.
    /// </summary>
    public bool RecordsPlannedSha { get; init; }

    /// <summary>The script of what goes wrong.</summary>
    public Faults Faults { get; init; } = new();

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

using System.Text.RegularExpressions;

namespace Idp.Testing.Crash;

/// <summary>What the command line of <c>crash</c> says.</summary>
internal sealed record CrashOptions
{
    /// <summary>Where logs and repositories are kept.</summary>
    public required string Directory { get; init; }

    /// <summary>After how long to give up.</summary>
    public required TimeSpan Limit { get; init; }

    /// <summary>The number of the first point to try.</summary>
    public int From { get; init; } = 1;

    /// <summary>From there on, try every how many-th.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Try only points that this finds in the way they print; null for all.</summary>
    public Regex? Only { get; init; }

    /// <summary>How often to look what an undisturbed run comes to; from twice on, whether it is the same each time.</summary>
    public int Rehearsals { get; init; } = 2;

    /// <summary>Print the points and try none.</summary>
    public bool ListOnly { get; init; }
}

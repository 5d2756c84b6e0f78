namespace Idp.Sandbox.Demo;

/// <summary>What the command line of the demo says.</summary>
internal sealed record DemoOptions
{
    /// <summary>Where logs and repositories are kept.</summary>
    public required string Directory { get; init; }

    /// <summary>Whether to check what was made and tear it down, instead of waiting for Ctrl-C.</summary>
    public required bool Check { get; init; }

    /// <summary>After how long to give up.</summary>
    public required TimeSpan Limit { get; init; }
}

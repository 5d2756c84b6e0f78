namespace Idp.Operator.Settings;

/// <summary>In which ways pull requests may be merged; null leaves a way alone.</summary>
public sealed record MergeSettings
{
    /// <summary>As one commit.</summary>
    public bool? Squash { get; init; } = true;

    /// <summary>With a merge commit.</summary>
    public bool? Merge { get; init; } = false;

    /// <summary>By rebasing.</summary>
    public bool? Rebase { get; init; } = false;

    /// <summary>By itself, once all that is required is there; GitHub ignores it where the plan lacks it.</summary>
    public bool? AutoMerge { get; init; }
}

namespace Idp.Entities;

/// <summary>A golden path in one version.</summary>
public sealed record TemplateStatus
{
    /// <summary>The golden path's name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The golden path's version.</summary>
    public string Version { get => field ?? ""; init; }
}

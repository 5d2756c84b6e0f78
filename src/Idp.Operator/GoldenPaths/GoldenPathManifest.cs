namespace Idp.Operator.GoldenPaths;

/// <summary>The content of <c>template.yaml</c>.</summary>
internal sealed record GoldenPathManifest
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public string Description { get => field ?? ""; init; }

    public string? Repository { get; init; }

    public IReadOnlyList<GoldenPathParameter> Parameters { get => field ?? []; init; }

    public IReadOnlyList<FileRule> Files { get => field ?? []; init; }
}

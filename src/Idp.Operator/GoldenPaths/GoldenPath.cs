using Idp.Operator.Repositories;

namespace Idp.Operator.GoldenPaths;

/// <summary>A template of a repository: what <c>golden-paths/NAME/template.yaml</c> says, and its skeleton or the template repository in place of one.</summary>
/// <remarks>A golden path of the catalogue is checked through and through: rendering it cannot fail for its own sake.</remarks>
public sealed record GoldenPath
{
    /// <summary>The name: that of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>The semantic version, which goes up with every change of the skeleton.</summary>
    public required string Version { get; init; }

    /// <summary>What one gets, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>What an application may choose.</summary>
    public IReadOnlyList<GoldenPathParameter> Parameters { get; init; } = [];

    /// <summary>The files of the skeleton, by path; none where they come from <see cref="Repository"/>.</summary>
    public required IReadOnlyList<SkeletonFile> Files { get; init; }

    /// <summary>The template repository on GitHub that stands in place of a skeleton; null where there is a skeleton.</summary>
    public TemplateRepository? Repository { get; init; }

    /// <summary>Whether any file speaks of a separate repository for the deployment manifests: else its workflow would never write there.</summary>
    public bool KnowsDeploymentRepository => Files.Any(file =>
        file.Parsed.Content?.Uses().Any(use => use.Part.Text == TemplateVariables.DeploymentRepository) == true);
}

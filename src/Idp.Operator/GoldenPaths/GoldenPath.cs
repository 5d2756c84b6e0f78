using System.Text.Json.Serialization;
using Idp.Entities;
using Idp.Operator.Repositories;

namespace Idp.Operator.GoldenPaths;

/// <summary>A template of a repository: what <c>golden-paths/NAME/template.yaml</c> says, and its skeleton or the template repository in place of one.</summary>
/// <remarks>A golden path of the catalogue is checked through and through: rendering it cannot fail for its own sake.</remarks>
public sealed record GoldenPath
{
    /// <summary>The name: that of its folder, or of the folder around it where that is named by the version.</summary>
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

    /// <summary>Why nobody should take it any more; null where it is kept up. Whoever has it keeps it.</summary>
    public Deprecation? Deprecated { get; init; }

    /// <summary>Whether any file speaks of a separate repository for the deployment manifests: else its workflow would never write there.</summary>
    public bool KnowsDeploymentRepository => Files.Any(file =>
        file.Parsed.Content?.Uses().Any(use => use.Part.Text == TemplateVariables.DeploymentRepository) == true);
}

/// <summary>That a version of a golden path is not kept up any more.</summary>
public sealed record Deprecation
{
    /// <summary>Why, and what to do, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The golden path to take in its place; null where there is none.</summary>
    public string? Successor { get; init; }
}

/// <summary>Something that an application may choose about its golden path.</summary>
public sealed record GoldenPathParameter
{
    /// <summary>The name, for <c>spec.template.parameters</c> and for <c>{{ parameters.NAME }}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it decides, in a sentence.</summary>
    public string Description { get => field ?? ""; init; }

    /// <summary>What its values look like.</summary>
    public required ParameterType Type { get; init; }

    /// <summary>The value if none is given; without one and without <see cref="Required"/> the empty string.</summary>
    public string? Default { get; init; }

    /// <summary>The regular expression that a string must match as a whole; only for <see cref="ParameterType.Text"/>.</summary>
    public string? Pattern { get; init; }

    /// <summary>The values to choose from; only for <see cref="ParameterType.Choice"/>.</summary>
    public IReadOnlyList<string> Values { get => field ?? []; init; }

    /// <summary>The smallest integer; only for <see cref="ParameterType.Number"/>.</summary>
    public long? Minimum { get; init; }

    /// <summary>The largest integer; only for <see cref="ParameterType.Number"/>.</summary>
    public long? Maximum { get; init; }

    /// <summary>Whether a value must be given.</summary>
    public bool Required { get; init; }
}

/// <summary>What the values of a parameter look like.</summary>
[JsonConverter(typeof(StrictEnumConverter<ParameterType>))]
public enum ParameterType
{
    /// <summary>Text, bounded by a pattern if there is one.</summary>
    [JsonStringEnumMemberName("string")]
    Text,

    /// <summary>A whole number.</summary>
    [JsonStringEnumMemberName("integer")]
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    [JsonStringEnumMemberName("boolean")]
    Boolean,

    /// <summary>One of a list of values.</summary>
    [JsonStringEnumMemberName("enum")]
    Choice,
}

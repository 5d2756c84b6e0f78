using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Entities;
using Idp.Operator.Repositories;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>Reads one golden path from its folder and checks it through and through.</summary>
internal sealed class GoldenPathReader(string folder)
{
    private readonly List<FileError> _errors = [];

    private string ManifestPath => Path.Combine(folder, "template.yaml");

    /// <summary>The golden path, or everything that is wrong with it.</summary>
    public Loaded<GoldenPath> Read()
    {
        try
        {
            var path = ReadAll();
            return path is not null && _errors.Count == 0 ? Loaded<GoldenPath>.Of(path) : Loaded<GoldenPath>.Failed(_errors);
        }
        catch (YamlReadException error)
        {
            return Loaded<GoldenPath>.Failed([error.Error]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Loaded<GoldenPath>.Failed([new FileError(folder, 0, 0, "", $"cannot be read: {error.Message}")]);
        }
    }

    private GoldenPath? ReadAll()
    {
        var document = YamlReader.Read(File.ReadAllText(ManifestPath), ManifestPath);
        _errors.AddRange(SchemaCheck.Run(document, GoldenPathJson.Default.GoldenPathManifest));
        if (_errors.Count > 0)
        {
            return null;
        }

        var manifest = document.Root.Deserialize(GoldenPathJson.Default.GoldenPathManifest)!;
        var skeleton = Path.Combine(folder, "skeleton");
        var files = manifest.Repository is null ? new SkeletonReader(skeleton, manifest.Files, _errors).Read() : [];
        var path = new GoldenPath
        {
            Name = manifest.Name,
            Version = manifest.Version,
            Description = manifest.Description,
            Parameters = manifest.Parameters,
            Files = files,
            Repository = TemplateRepository.Read(manifest.Repository),
        };
        _errors.AddRange(GoldenPathRules.Check(document, manifest, files, Path.GetFileName(folder), hasSkeleton: Directory.Exists(skeleton)));
        _errors.AddRange(files.SelectMany(file =>
            SkeletonRules.Check(file, Path.Combine(skeleton, file.Path), manifest.Parameters)));
        return path;
    }
}

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

/// <summary>What is special about some files of a skeleton.</summary>
internal sealed record FileRule
{
    /// <summary>The files: a path below the skeleton in which <c>*</c> and <c>**</c> stand for any text.</summary>
    public required string Path { get; init; }

    /// <summary>What they are rendered once for; once in all if not set.</summary>
    public Repetition? Each { get; init; }

    /// <summary>The value that must not be empty for them to exist; they always do if not set.</summary>
    public string? When { get; init; }

    /// <summary>Whether they are taken as they are, placeholders and all.</summary>
    public bool Verbatim { get; init; }
}

/// <summary>What files are rendered once for.</summary>
[JsonConverter(typeof(StrictEnumConverter<Repetition>))]
internal enum Repetition
{
    /// <summary>Every environment.</summary>
    [JsonStringEnumMemberName("environments")]
    Environments,
}

/// <summary>How <c>template.yaml</c> is read, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GoldenPathManifest))]
internal sealed partial class GoldenPathJson : JsonSerializerContext;

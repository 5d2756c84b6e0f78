using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Entities;
using Idp.Operator.Repositories;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>Reads one version of a golden path from its folder and checks it through and through.</summary>
/// <param name="folder">The folder, with its <c>template.yaml</c>.</param>
/// <param name="name">The name that the golden path must have; null for any.</param>
/// <param name="version">The version that it must have; null for any.</param>
internal sealed class GoldenPathReader(TemplateEntry folder, string? name, string? version)
{
    /// <summary>What describes a version.</summary>
    public const string ManifestName = "template.yaml";

    /// <summary>The folder of its files.</summary>
    public const string SkeletonName = "skeleton";

    /// <summary>The most that is looked at in the folder of a golden path, where it is not its skeleton.</summary>
    public const int MostEntries = 1000;

    private const int MostBytes = 256 * 1024;
    private const int MostErrors = 100;
    private readonly List<FileError> _errors = [];

    /// <summary>The golden path, or everything that is wrong with it.</summary>
    public Loaded<GoldenPath> Read()
    {
        try
        {
            var path = ReadAll();
            return path is not null && _errors.Count == 0 ? Loaded<GoldenPath>.Of(path) : Loaded<GoldenPath>.Failed(Bounded());
        }
        catch (YamlReadException error)
        {
            return Loaded<GoldenPath>.Failed([error.Error]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Loaded<GoldenPath>.Failed([Unreadable(folder, error)]);
        }
    }

    /// <summary>That something could not be read.</summary>
    public static FileError Unreadable(TemplateEntry entry, Exception error) => new(entry.Place, 0, 0, "", $"cannot be read: {error.Message}");

    /// <summary>No more errors than people read.</summary>
    private IEnumerable<FileError> Bounded() => _errors.Count <= MostErrors
        ? _errors
        : FileError.Sorted(_errors).Take(MostErrors).Append(new FileError(folder.Place, 0, 0, "", $"has {_errors.Count - MostErrors} more errors"));

    private GoldenPath? ReadAll()
    {
        if (ManifestText() is not (var place, { } text))
        {
            return null;
        }

        var document = YamlReader.Read(text, place);
        _errors.AddRange(SchemaCheck.Run(document, GoldenPathJson.Default.GoldenPathManifest));
        if (_errors.Count > 0)
        {
            return null;
        }

        var manifest = document.Root.Deserialize(GoldenPathJson.Default.GoldenPathManifest)!;
        var skeleton = folder.Find(SkeletonName, MostEntries);
        var files = manifest.Repository is null ? new SkeletonReader(manifest.Files, _errors).Read(skeleton, $"{folder.Place}/{SkeletonName}") : [];
        var path = new GoldenPath
        {
            Name = manifest.Name,
            Version = manifest.Version,
            Description = manifest.Description,
            Parameters = manifest.Parameters,
            Files = files,
            Repository = TemplateRepository.Read(manifest.Repository),
            Deprecated = manifest.Deprecated,
        };
        _errors.AddRange(GoldenPathRules.Check(document, manifest, files, new ExpectedGoldenPath(name, version, skeleton is not null)));
        _errors.AddRange(SkeletonRules.Collisions(files, $"{folder.Place}/{SkeletonName}"));
        _errors.AddRange(files.SelectMany(file => SkeletonRules.Check(file, $"{folder.Place}/{SkeletonName}/{file.Path}", manifest.Parameters)));
        return path;
    }

    private (string Place, string? Text) ManifestText()
    {
        if (folder.Find(ManifestName, MostEntries) is not { } file)
        {
            return Refuse(folder, $"cannot be read: there is no {ManifestName} in it");
        }

        if (file.Kind != TemplateEntryKind.File)
        {
            return Refuse(file, $"is {SkeletonReader.Word(file.Kind)}, and must be a file");
        }

        if (file.Length > MostBytes)
        {
            return Refuse(file, $"is too large: {MostBytes} bytes are the most");
        }

        var bytes = file.Read();
        if (Utf8Text.FirstFault(bytes) is not { } fault)
        {
            return (file.Place, Utf8Text.Of(bytes));
        }

        _errors.Add(new FileError(file.Place, fault.Line, fault.Column, "", "is no UTF-8 text from here on"));
        return default;
    }

    private (string Place, string? Text) Refuse(TemplateEntry entry, string message)
    {
        _errors.Add(new FileError(entry.Place, 0, 0, "", message));
        return default;
    }
}

/// <summary>What a golden path must be by where it lies.</summary>
/// <param name="Name">Its name; null for any.</param>
/// <param name="Version">Its version; null for any.</param>
/// <param name="HasSkeleton">Whether there is a skeleton.</param>
internal sealed record ExpectedGoldenPath(string? Name, string? Version, bool HasSkeleton);

/// <summary>The content of <c>template.yaml</c>.</summary>
internal sealed record GoldenPathManifest
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public string Description { get => field ?? ""; init; }

    public string? Repository { get; init; }

    public IReadOnlyList<GoldenPathParameter> Parameters { get => field ?? []; init; }

    public IReadOnlyList<FileRule> Files { get => field ?? []; init; }

    public Deprecation? Deprecated { get; init; }
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

    /// <summary>Whether they are laid with the first commit and are the team's from then on.</summary>
    public bool Once { get; init; }
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

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Idp.GitHub;
using Idp.Operator.Repositories;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>What the platform brought into a repository, and to which version each file was brought last.</summary>
/// <remarks>
/// The repository carries it as a file. The platform alone writes it: what people change in it shows in the signature, and then nothing is merged by it.
/// The base of a merge is that of each file, not of the repository: a file that the team keeps as it is stays at the version that it had.
/// </remarks>
public sealed record GoldenPathLock
{
    /// <summary>Where the file is in the repository.</summary>
    public const string Path = ".idp/golden-path.yaml";

    /// <summary>The most bytes that the file may have: ten thousand files are in it with room to spare.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private const string Head = """
        # Written by the platform, which knows by it what it brought and what is the team's. Nothing is to be edited here:
        # a file that the team wants to keep as it is can just be edited, moved or deleted.

        """;

    /// <summary>The golden path's name.</summary>
    public required string Template { get; init; }

    /// <summary>The version that the repository was brought to last.</summary>
    public required string Version { get; init; }

    /// <summary>What was rendered beside the version: see <see cref="RenderedFor"/>.</summary>
    public required string Inputs { get; init; }

    /// <summary>The parameters that it was rendered with, defaults filled in.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>Whether the repository was there before the platform: then what is in it and was not brought is the team's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Adopted { get; init; }

    /// <summary>The files, by path.</summary>
    public IReadOnlyList<LockedFile> Files { get => field ?? []; init; }

    /// <summary>The operator's signature over all of it and the number of the repository.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Signature { get; init; }

    /// <summary>The lock of a repository into which nothing was brought yet.</summary>
    public static GoldenPathLock Nothing(string template, bool adopted) => new() { Template = template, Version = "", Inputs = "", Adopted = adopted };

    /// <summary>Reads the file; null where it is not one of ours.</summary>
    public static GoldenPathLock? Read(string? file)
    {
        if (file is null)
        {
            return null;
        }

        try
        {
            var document = YamlReader.Read(file, Path);
            return SchemaCheck.Run(document, GoldenPathLockJson.Default.GoldenPathLock).Count == 0
                ? document.Root.Deserialize(GoldenPathLockJson.Default.GoldenPathLock)
                : null;
        }
        catch (Exception error) when (error is YamlReadException or JsonException)
        {
            // People may edit the file; what is not readable says nothing.
            return null;
        }
    }

    /// <summary>The file's text.</summary>
    public string ToFile() => Head + YamlWriter.Write(JsonSerializer.SerializeToNode(this, GoldenPathLockJson.Default.GoldenPathLock));

    /// <summary>The same with the operator's signature for one repository.</summary>
    internal GoldenPathLock SignFor(long repositoryId, OwnershipKeys keys) =>
        this with { Signature = OwnershipSignature.OfLock(keys, repositoryId, Digest()) };

    /// <summary>Whether it stands as the operator wrote it into that very repository.</summary>
    internal bool IsSignedFor(long repositoryId, OwnershipKeys keys) => OwnershipSignature.IsOfLock(keys, repositoryId, Digest(), Signature);

    // Over what it says, not over its form: blanks and comments are nobody's harm.
    private string Digest()
    {
        var unsigned = JsonSerializer.SerializeToNode(this with { Signature = null }, GoldenPathLockJson.Default.GoldenPathLock) as JsonObject;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(YamlWriter.Write(unsigned))));
    }
}

/// <summary>One file that the platform brought.</summary>
public sealed record LockedFile
{
    /// <summary>A file as it was brought by a version.</summary>
    public static LockedFile Of(RenderedFile file, string version) =>
        new() { Path = file.Path, Version = version, Blob = FileMerge.BlobOf(file.Content), Executable = file.Executable };

    /// <summary>Where the golden path has it; the team may have moved it since.</summary>
    public required string Path { get; init; }

    /// <summary>The version that it was brought to last.</summary>
    public required string Version { get; init; }

    /// <summary>The Git object of what was brought; empty where the team's own file was there before and stayed.</summary>
    public required string Blob { get; init; }

    /// <summary>Whether it was brought as a file that can be run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Executable { get; init; }

    /// <summary>The Git object of what was offered since and does not go together with what the team has; null where there is nothing of the kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Declined { get; init; }
}

/// <summary>How the lock is read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GoldenPathLock))]
internal sealed partial class GoldenPathLockJson : JsonSerializerContext;

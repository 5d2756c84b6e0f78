using System.Text.Json;
using System.Text.Json.Serialization;

namespace Idp.Operator.Repositories;

/// <summary>What a repository itself says about where it comes from.</summary>
/// <remarks>
/// The scaffold commit carries it as a file, which everybody who pushes can change. So it is information, but for the signature: that
/// can be copied, brought back or taken out, but only the operator can make it.
/// </remarks>
public sealed record RepositoryMarker
{
    /// <summary>Where the file is in the repository.</summary>
    public const string Path = ".idp/repository.json";

    /// <summary>The most bytes that the file may have.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The uid of the BackendApp when the file was written; a restored one has another.</summary>
    public string OwnerUid { get; init; } = "";

    /// <summary>The namespace and name of the BackendApp.</summary>
    public required string Owner { get; init; }

    /// <summary>What the repository is to the BackendApp; null for the application's own one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Role { get; init; }

    /// <summary>The operator's signature over the number of the repository, its role and its owner.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Signature { get; init; }

    /// <summary>The golden path that the repository began with; empty for an adopted one. What it follows since is in the lock.</summary>
    public string Template { get; init; } = "";

    /// <summary>The version that it began with.</summary>
    public string Version { get; init; } = "";

    /// <summary>Reads the file; null where it is not one of ours.</summary>
    public static RepositoryMarker? Read(string? file)
    {
        try
        {
            return file is null ? null : JsonSerializer.Deserialize(file, RepositoryJson.Default.RepositoryMarker);
        }
        catch (JsonException)
        {
            // People may edit the file; what is not readable claims nothing.
            return null;
        }
    }

    /// <summary>The marker of a repository of which no more is known than whose it is.</summary>
    public static RepositoryMarker Of(RepositoryOwner owner) =>
        new RepositoryMarker { Owner = owner.Name, OwnerUid = owner.Uid, Role = owner.Role };

    /// <summary>The same with the operator's signature for one repository.</summary>
    internal RepositoryMarker SignFor(RepositoryOwner owner, long repositoryId, OwnershipKeys keys) =>
        this with { Owner = owner.Name, Role = owner.Role, Signature = OwnershipSignature.OfRepository(keys, owner, repositoryId) };

    /// <summary>Whether the operator signed what it says of the owner, and for that very repository.</summary>
    internal bool IsSignedFor(long repositoryId, OwnershipKeys keys) =>
        OwnershipSignature.IsOfRepository(keys, new RepositoryOwner("", Owner, Role), repositoryId, Signature);

    /// <summary>The file's text.</summary>
    public string ToFile() => JsonSerializer.Serialize(this, RepositoryJson.Default.RepositoryMarker) + "\n";
}

/// <summary>How the marker is read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(RepositoryMarker))]
internal sealed partial class RepositoryJson : JsonSerializerContext;

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Idp.Operator.Repositories;

/// <summary>What a repository itself says about where it comes from.</summary>
/// <remarks>
/// The scaffold commit carries it as a file. Before that commit exists the description carries the owner, since the
/// description is all that GitHub stores in the very request that creates the repository: a crash right after that
/// request leaves no repository of unknown origin.
/// </remarks>
public sealed partial record RepositoryMarker
{
    /// <summary>Where the file is in the repository.</summary>
    public const string Path = ".idp/repository.json";

    /// <summary>The most bytes that the file may have.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The uid of the BackendApp.</summary>
    public required string OwnerUid { get; init; }

    /// <summary>The namespace and name of the BackendApp.</summary>
    public required string Owner { get; init; }

    /// <summary>What the repository is to the BackendApp; null for the application's own one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Role { get; init; }

    /// <summary>The golden path; empty for an adopted repository.</summary>
    public string Template { get; init; } = "";

    /// <summary>The golden path's version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The files that were laid, with the SHA-256 of each in lower-case hexadecimal.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

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

    /// <summary>The description of a repository that is being made.</summary>
    public static string DescriptionOf(RepositoryOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return $"Being set up {(owner.Role is { } role ? $"as {role} " : "")}for {owner.Name} (owner {owner.Uid})";
    }

    /// <summary>The marker of a repository of which no more is known than whose it is.</summary>
    public static RepositoryMarker Of(RepositoryOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return new RepositoryMarker { Owner = owner.Name, OwnerUid = owner.Uid, Role = owner.Role };
    }

    /// <summary>The owner that such a description names; null for any other description.</summary>
    public static RepositoryMarker? ReadDescription(string? description) =>
        SetUpDescription().Match(description ?? "") is { Success: true } match
            ? new RepositoryMarker
            {
                Owner = match.Groups["name"].Value,
                OwnerUid = match.Groups["uid"].Value,
                Role = match.Groups["role"] is { Success: true, Value: var role } ? role : null,
            }
            : null;

    /// <summary>The file's text.</summary>
    public string ToFile() => JsonSerializer.Serialize(this, RepositoryJson.Default.RepositoryMarker) + "\n";

    [GeneratedRegex(@"^Being set up (as (?<role>[a-z]{1,20}) )?for (?<name>[a-z0-9./-]{3,320}) \(owner (?<uid>[0-9a-f-]{36})\)$", RegexOptions.CultureInvariant)]
    private static partial Regex SetUpDescription();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Operator.Repositories;

/// <summary>The description of a repository that is being made: for whom, since when, and the operator's signature.</summary>
/// <remarks>
/// The description is all that GitHub stores in the very request that creates a repository: a request whose answer got lost leaves
/// no repository of unknown origin. Everybody may read it, and whoever may edit the repository may copy or change it. So it counts
/// only in a repository of the name that was asked for, which GitHub made when it was asked for.
/// </remarks>
/// <param name="Owner">The namespace and name of the BackendApp.</param>
/// <param name="Role">What the repository is to it; null for the application's own one.</param>
/// <param name="At">When it was asked for, by the operator's clock.</param>
/// <param name="Signature">The signature over all of it and the name that was asked for.</param>
internal sealed partial record CreationMarker(string Owner, string? Role, DateTimeOffset At, string Signature)
{
    /// <summary>The longest description that GitHub takes.</summary>
    public const int MaxLength = 350;

    /// <summary>How far GitHub's clock and ours may differ, with a request that takes its time.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The marker of a request that is made now.</summary>
    public static CreationMarker Of(OwnershipKeys keys, RepositoryOwner owner, string fullName, DateTimeOffset now) =>
        new(owner.Name, owner.Role, now, OwnershipSignature.OfRequest(keys, owner, fullName, now));

    /// <summary>Reads a description; null for any other.</summary>
    public static CreationMarker? Read(string? description) =>
        Form().Match(description ?? "") is { Success: true } match
        && DateTimeOffset.TryParseExact(
            match.Groups["at"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? new CreationMarker(
                match.Groups["name"].Value, match.Groups["role"] is { Success: true, Value: var role } ? role : null, at, match.Groups["signature"].Value)
            : null;

    /// <summary>Whether the operator wrote it into the request that made this very repository.</summary>
    public bool IsOf(GitHub.Repository repository, OwnershipKeys keys) =>
        (repository.CreatedAt - At).Duration() <= Tolerance
        && OwnershipSignature.IsOfRequest(keys, new RepositoryOwner("", Owner, Role), repository.FullName, At, Signature);

    /// <summary>The description.</summary>
    public override string ToString() =>
        $"Being set up {(Role is null ? "" : $"as {Role} ")}for {Owner} since {At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} ({Signature})";

    [GeneratedRegex(
        @"\ABeing set up (as (?<role>[a-z]{1,20}) )?for (?<name>[a-z0-9./-]{3,200}) since (?<at>[0-9TZ:-]{20}) \((?<signature>[A-Za-z0-9_-]{43})\)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

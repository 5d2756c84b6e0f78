using System.Collections.Immutable;
using Idp.GitHub;

namespace Idp.Operator.Repositories.Features;

/// <summary>What a repository is beyond its files, as far as it was looked at; its own settings come with the repository.</summary>
public sealed record ObservedFeatures
{
    /// <summary>A repository that has just been made: there is nothing in it, so it need not be looked at.</summary>
    public static readonly ObservedFeatures Nothing = new();

    private ImmutableDictionary<string, object?> Seen { get; init; } = ImmutableDictionary<string, object?>.Empty;

    /// <summary>
    /// Whether all that can be done was done after this was seen: then nothing is tried again before the next look, neither
    /// what was refused nor what GitHub did not take.
    /// </summary>
    public bool IsSettled { get; init; }

    /// <summary>What GitHub refused to show, or to do.</summary>
    public IReadOnlyList<FeatureRefusal> Refusals { get; init; } = [];

    /// <summary>Whether it is of no use to try a part.</summary>
    public bool IsRefused(string feature) => IsSettled || Refusals.Any(refusal => refusal.Feature == feature);

    /// <summary>What was seen of a part, or what there is of it in a repository that was just made.</summary>
    internal T Find<T>(string feature, T nothing) => Seen.TryGetValue(feature, out var seen) ? (T)seen! : nothing;

    /// <summary>The same with what was seen of one part.</summary>
    internal ObservedFeatures With<T>(string feature, T seen) => this with { Seen = Seen.SetItem(feature, seen) };

    /// <summary>Looks at what is wanted, part by part; what GitHub refuses to show is a refusal of that part alone.</summary>
    internal static async Task<ObservedFeatures> LookAsync(
        DesiredFeatures desired, RepositoryAdministration github, Repository repository, TimeProvider clock, CancellationToken cancellationToken)
    {
        var seen = Nothing;
        foreach (var part in desired.Parts)
        {
            try
            {
                seen = await part.LookAsync(seen, github, repository, cancellationToken);
            }
            catch (GitHubException error)
            {
                seen = seen with { Refusals = [.. seen.Refusals, FeatureRefusal.Of(part.Name, error, clock.GetUtcNow() - repository.CreatedAt)] };
            }
        }

        return seen;
    }
}

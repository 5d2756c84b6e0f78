using Idp.GitHub;

namespace Idp.Operator.Repositories.Features;

/// <summary>Values of the organisation's custom properties.</summary>
/// <param name="Values">Those that are ours, by name.</param>
public sealed record CustomPropertiesFeature(IReadOnlyDictionary<string, string> Values)
    : RepositoryFeature<IReadOnlyDictionary<string, string>>("custom properties", new Dictionary<string, string>())
{
    internal static RepositoryFeature? Of(FeatureRequest request) =>
        request.Filled(request.Settings.CustomProperties) is { Count: > 0 } values ? new CustomPropertiesFeature(values) : null;

    /// <inheritdoc/>
    protected override Task<IReadOnlyDictionary<string, string>> ReadAsync(
        RepositoryAdministration github, Repository repository, CancellationToken cancellationToken) =>
        github.Properties.ListAsync(repository, cancellationToken);

    /// <inheritdoc/>
    protected override IEnumerable<FeatureStep> Compare(IReadOnlyDictionary<string, string> present) =>
        Differing(Values, present) is { Count: > 0 } values ? [new Set(Name, values)] : [];

    private sealed record Set(string Feature, IReadOnlyDictionary<string, string> Values)
        : FeatureStep(Feature, $"set the custom properties {string.Join(", ", Values.Keys)}")
    {
        protected override Task SetAsync(RepositoryAdministration github, Repository repository, CancellationToken cancellationToken) =>
            github.Properties.SetAsync(repository, Values, cancellationToken);
    }
}

using Idp.GitHub;

namespace Idp.Operator.Repositories.Features;

/// <summary>Variables of workflows; others are left alone.</summary>
/// <param name="Values">By name.</param>
public sealed record VariablesFeature(IReadOnlyDictionary<string, string> Values)
    : RepositoryFeature<IReadOnlyDictionary<string, string>>("variables", new Dictionary<string, string>())
{
    /// <inheritdoc/>
    /// <remarks>Workflows are the application repository's.</remarks>
    internal override RepositoryFeature? ForDeployment => null;

    internal static RepositoryFeature? Of(FeatureRequest request) =>
        request.Filled(request.Settings.Variables) is { Count: > 0 } values ? new VariablesFeature(values) : null;

    /// <inheritdoc/>
    protected override Task<IReadOnlyDictionary<string, string>> ReadAsync(
        RepositoryAdministration github, Repository repository, CancellationToken cancellationToken) =>
        github.Variables.ListAsync(repository, cancellationToken);

    /// <inheritdoc/>
    protected override IEnumerable<FeatureStep> Compare(IReadOnlyDictionary<string, string> present) =>
        Differing(Values, present).Select(each => new Set(Name, each.Key, each.Value, present.ContainsKey(each.Key)));

    /// <summary>Sets a variable.</summary>
    internal sealed record Set(string Feature, string Variable, string Value, bool Exists) : FeatureStep(Feature, $"set the variable {Variable}")
    {
        protected override Task SetAsync(RepositoryAdministration github, Repository repository, CancellationToken cancellationToken) => Exists
            ? github.Variables.UpdateAsync(repository, Variable, Value, cancellationToken)
            : github.Variables.CreateAsync(repository, Variable, Value, cancellationToken);
    }
}

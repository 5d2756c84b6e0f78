using Idp.GitHub;

namespace Idp.Operator.Repositories.Features;

/// <summary>A part of a repository beyond its files, as <c>platform.yaml</c> wants it: one type says how it is looked at, compared and set.</summary>
/// <remarks>
/// Only what is wanted is there, so nothing else is looked at. Each part wants a permission of its own: what GitHub refuses of one keeps no other
/// from being set. <see cref="DesiredFeatures.For"/> has the list of them.
/// </remarks>
/// <param name="Name">What people call it.</param>
public abstract record RepositoryFeature(string Name)
{
    /// <summary>The same for the repository that holds the deployment manifests alone; null where that one has none of it.</summary>
    internal virtual RepositoryFeature? ForDeployment => this;

    /// <summary>Looks at GitHub.</summary>
    /// <param name="seen">What was seen of the parts before.</param>
    /// <param name="github">GitHub.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal abstract Task<ObservedFeatures> LookAsync(
        ObservedFeatures seen, RepositoryAdministration github, Repository repository, CancellationToken cancellationToken);

    /// <summary>What is to be done so that it is as wanted: what is not wanted by name is left alone. Pure.</summary>
    internal abstract IEnumerable<FeatureStep> Compare(ObservedFeatures seen);

    /// <summary>Those of the wanted values that are not there.</summary>
    protected static Dictionary<string, string> Differing(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> present) =>
        wanted.Where(each => !present.TryGetValue(each.Key, out var value) || value != each.Value)
            .ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
}

/// <summary>A part whose state on GitHub has a type of its own.</summary>
/// <typeparam name="T">What is seen of it.</typeparam>
/// <param name="Name">What people call it.</param>
/// <param name="Nothing">What a repository has that was just made.</param>
public abstract record RepositoryFeature<T>(string Name, T Nothing) : RepositoryFeature(Name)
{
    internal override async Task<ObservedFeatures> LookAsync(
        ObservedFeatures seen, RepositoryAdministration github, Repository repository, CancellationToken cancellationToken) =>
        seen.With(Name, await ReadAsync(github, repository, cancellationToken));

    internal override IEnumerable<FeatureStep> Compare(ObservedFeatures seen) => Compare(seen.Find(Name, Nothing));

    /// <summary>Reads what there is.</summary>
    protected abstract Task<T> ReadAsync(RepositoryAdministration github, Repository repository, CancellationToken cancellationToken);

    /// <summary>Compares what is wanted with what is there. Pure.</summary>
    protected abstract IEnumerable<FeatureStep> Compare(T present);
}

/// <summary>A step whose refusal keeps no other from being done; it may be repeated.</summary>
/// <param name="Feature">The part that it sets.</param>
/// <param name="Summary">The step for people.</param>
public abstract record FeatureStep(string Feature, string Summary) : RepositoryStep(Summary)
{
    internal sealed override async Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken)
    {
        try
        {
            await SetAsync(context.GitHubOf(state.Repository!).Administration, state.Repository!, cancellationToken);
            return state;
        }
        catch (GitHubException error)
        {
            return context.Refused(state, Feature, error);
        }
    }

    /// <summary>Sets it.</summary>
    protected abstract Task SetAsync(RepositoryAdministration github, Repository repository, CancellationToken cancellationToken);
}

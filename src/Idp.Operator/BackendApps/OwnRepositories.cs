using Idp.GitHub;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>The repositories that a BackendApp made or adopted and that are still there.</summary>
/// <param name="Name">The name of the application's repository, as it is called now or was last: it stands for all of them.</param>
/// <param name="All">The repositories, the application's first.</param>
public sealed record OwnRepositories(string Name, IReadOnlyList<Repository> All)
{
    /// <summary>Why a repository that status knows, or that was not even looked for, is left alone; null where none is.</summary>
    public RepositoryProblem? LeftAlone { get; init; }

    /// <summary>The same with what a look at one more found.</summary>
    internal OwnRepositories With(ObservedRepository observed, DesiredRepository desired)
    {
        if (observed.Repository is not { } repository)
        {
            return this;
        }

        if (!observed.IsOurs)
        {
            return desired.KnownId is null ? this : this with { LeftAlone = observed.Objection };
        }

        return this with { Name = desired.BelongsTo.Role is null ? repository.Name : Name, All = [.. All, repository] };
    }
}

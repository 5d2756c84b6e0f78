using Idp.GitHub;

namespace Idp.Operator.BackendApps;

/// <summary>The repositories that a BackendApp made or adopted and that are still there.</summary>
/// <param name="Name">The name of the application's repository, as it is called now or was last: it stands for all of them.</param>
/// <param name="All">The repositories, the application's first.</param>
public sealed record OwnRepositories(string Name, IReadOnlyList<Repository> All);

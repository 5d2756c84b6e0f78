using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>Says how the repositories of one application stand together, and of what is wrong with which of them.</summary>
internal static class RepositoriesStatus
{
    /// <summary>The state of both as if they were one; that of the application's repository where it is alone.</summary>
    public static RepositoryOutcome Of(RepositoryOutcome application, RepositoryOutcome? deployment) => deployment is null
        ? application
        : application with
        {
            Repository = deployment.IsThere ? application.Repository : null,
            Problem = Named(deployment.Problem, "Deployment repository") ?? Named(application.Problem, "Application repository"),
            NextLook = application.NextLook is { } first && deployment.NextLook is { } second ? (first < second ? first : second) : null,
            Refusals =
            [
                .. application.Refusals,
                .. deployment.Refusals.Select(refusal => refusal with { Message = $"(deployment repository) {refusal.Message}" }),
            ],
        };

    private static RepositoryProblem? Named(RepositoryProblem? problem, string repository) =>
        problem is null ? null : problem with { Message = $"{repository}: {problem.Message}" };
}

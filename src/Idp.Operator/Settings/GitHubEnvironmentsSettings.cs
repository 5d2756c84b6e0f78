namespace Idp.Operator.Settings;

/// <summary>One GitHub environment for each environment of the application, under the same name.</summary>
/// <remarks>https://docs.github.com/en/actions/managing-workflow-runs-and-deployments/managing-deployments/managing-environments-for-deployment</remarks>
public sealed record GitHubEnvironmentsSettings
{
    /// <summary>Who has to approve a deployment.</summary>
    public ReviewersSettings Reviewers { get; init; } = new();
}

namespace Idp.Operator.Settings;

/// <summary>The Argo CD that deploys.</summary>
public sealed record ArgoCdSettings
{
    /// <summary>The namespace that Argo CD reads Applications from.</summary>
    public string Namespace { get; init; } = "argocd";

    /// <summary>
    /// The project of an Application, from <c>{team}</c> and <c>{namespace}</c> (the BackendApp's own); if empty, the operator makes one for
    /// each namespace.
    /// </summary>
    public string Project { get; init; } = "";

    /// <summary>The API server of the cluster that is deployed to, as Argo CD knows it.</summary>
    public string DestinationServer { get; init; } = "https://kubernetes.default.svc";

    /// <summary>By what Argo CD reads private repositories; none where somebody else sees to that.</summary>
    public IReadOnlyList<RepositoryCredentialSettings> RepositoryCredentials { get; init; } = [];
}

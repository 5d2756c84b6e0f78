namespace Idp.Testing;

/// <summary>What is not in the repository, and without which a test would prove less than its name says.</summary>
public enum Needs
{
    /// <summary>The definitions of other projects' kinds, their own: permissive ones let any field through.</summary>
    UpstreamDefinitions,

    /// <summary>The status payloads that were collected from other projects' sources.</summary>
    UpstreamStatuses,

    /// <summary>What <c>hack/contract.sh</c> installs: GitHub's own description of its API, and answers recorded there.</summary>
    GitHubContract,

    /// <summary>A kubectl on the PATH whose kustomize is of this decade.</summary>
    Kustomize,

    /// <summary>Prometheus' own checker of metrics.</summary>
    Promtool,

    /// <summary>A Python that the golden path's code is for.</summary>
    Python,

    /// <summary>The same, with the packages of the golden path's service and its tests.</summary>
    PythonService,
}

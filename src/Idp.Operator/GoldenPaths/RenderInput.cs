using Idp.Entities;
using Idp.Operator.Settings;

namespace Idp.Operator.GoldenPaths;

/// <summary>What a golden path is rendered for.</summary>
public sealed record RenderInput
{
    /// <summary>The application: the name of Deployment, container, Service and Ingress.</summary>
    public required string Application { get; init; }

    /// <summary>What the application does; any text.</summary>
    public string Description { get; init; } = "";

    /// <summary>The owner of the repository.</summary>
    public required string Owner { get; init; }

    /// <summary>The name of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The name of the repository that holds the deployment manifests alone; empty where the repository holds them itself.</summary>
    public string DeploymentRepository { get; init; } = "";

    /// <summary>The team that owns the application.</summary>
    public required string Team { get; init; }

    /// <summary>The system that the application belongs to; may be empty.</summary>
    public string System { get; init; } = "";

    /// <summary>The image without tag or digest, such as <c>ghcr.io/acme/payment-service</c>.</summary>
    public required string Image { get; init; }

    /// <summary>The root of GitHub's web pages, without a slash at the end.</summary>
    public string WebUrl { get; init; } = "https://github.com";

    /// <summary>The ingress class; empty for the cluster's default.</summary>
    public string IngressClass { get; init; } = "";

    /// <summary>The cert-manager ClusterIssuer; empty for no TLS.</summary>
    public string CertificateIssuer { get; init; } = "";

    /// <summary>The type of the application's database, such as <c>postgresql</c>; empty where it has none.</summary>
    public string Database { get; init; } = "";

    /// <summary>How Prometheus finds what it scrapes.</summary>
    public MonitoringMode Monitoring { get; init; } = MonitoringMode.Annotations;

    /// <summary>Who owns the code, as CODEOWNERS names a team: <c>@owner/team</c>.</summary>
    public string CodeOwner { get; init; } = "";

    /// <summary>Namespaces whose pods may reach the application from outside of its own: ingress controller, monitoring.</summary>
    public IReadOnlyList<string> AllowedNamespaces { get; init; } = [];

    /// <summary>The environments, in the order in which a change reaches them.</summary>
    public required IReadOnlyList<RenderEnvironment> Environments { get; init; }

    /// <summary>The parameters that were given; defaults come from the golden path.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}

/// <summary>One environment that a golden path is rendered for.</summary>
public sealed record RenderEnvironment
{
    /// <summary>The name: that of its overlay.</summary>
    public required string Name { get; init; }

    /// <summary>The stage.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The host of its Ingress.</summary>
    public required string Host { get; init; }

    /// <summary>The namespace that it runs in.</summary>
    public required string Namespace { get; init; }

    /// <summary>How many copies run; the fewest where <see cref="MaxReplicas"/> says that it is scaled.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>How many copies run at most; null where the number is fixed.</summary>
    public int? MaxReplicas { get; init; }

    /// <summary>Whether the repository may hold a NetworkPolicy: where the platform isolates the namespace, it is the platform's.</summary>
    public bool OwnNetworkPolicy { get; init; }
}

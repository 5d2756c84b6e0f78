namespace Idp.Entities;

/// <summary>The types of conditions that our kinds report; docs/kinds explains each.</summary>
public static class Conditions
{
    /// <summary>Everything that the manifest asks for is there and healthy.</summary>
    public const string Ready = "Ready";

    /// <summary>Work is going on; present only while true.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>Nothing will change until somebody changes something; present only while true.</summary>
    public const string Stalled = "Stalled";

    /// <summary>The manifest says <c>suspend</c>; nothing is changed, everything else is still observed.</summary>
    public const string Paused = "Paused";

    /// <summary>The repository exists, is ours, and carries its golden path.</summary>
    public const string RepositoryReady = "RepositoryReady";

    /// <summary>The repository is beyond its files what platform.yaml wants; no part of <see cref="Ready"/>.</summary>
    public const string RepositoryConfigured = "RepositoryConfigured";

    /// <summary>Every environment of the application is ready.</summary>
    public const string EnvironmentsReady = "EnvironmentsReady";

    /// <summary>The repository was made from the golden path's current version.</summary>
    public const string TemplateCurrent = "TemplateCurrent";

    /// <summary>The namespace and its guardrails are there.</summary>
    public const string NamespaceReady = "NamespaceReady";

    /// <summary>Every remote secret has arrived.</summary>
    public const string SecretsReady = "SecretsReady";

    /// <summary>The database accepts connections.</summary>
    public const string DatabaseReady = "DatabaseReady";

    /// <summary>Every table is as the manifest says.</summary>
    public const string SchemaReady = "SchemaReady";

    /// <summary>Argo CD has synced the application and it is healthy.</summary>
    public const string DeliveryReady = "DeliveryReady";
}

using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The kinds of other projects that an environment is made of.</summary>
/// <remarks>Two of them are called <c>Database</c> elsewhere too, so each is addressed by its group.</remarks>
internal static class ChildKinds
{
    /// <summary>https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications</summary>
    public static readonly ResourceKind Application = new("argoproj.io", "v1alpha1", "Application", "applications");

    /// <summary>https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#projects; shared by a team's environments.</summary>
    public static readonly ResourceKind AppProject = new("argoproj.io", "v1alpha1", "AppProject", "appprojects");

    /// <summary>https://external-secrets.io/latest/api/externalsecret/</summary>
    public static readonly ResourceKind ExternalSecret =
        new("external-secrets.io", "v1", "ExternalSecret", "externalsecrets");

    /// <summary>https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/#cluster</summary>
    public static readonly ResourceKind Cluster = new("postgresql.cnpg.io", "v1", "Cluster", "clusters");

    /// <summary>https://schemahero.io/docs/databases/connecting/</summary>
    public static readonly ResourceKind Database = new("databases.schemahero.io", "v1alpha4", "Database", "databases");

    /// <summary>https://schemahero.io/docs/managing-tables/</summary>
    public static readonly ResourceKind Table = new("schemas.schemahero.io", "v1alpha4", "Table", "tables");

    /// <summary>Made by SchemaHero for each change of a table; read, never written.</summary>
    public static readonly ResourceKind Migration = new("schemas.schemahero.io", "v1alpha4", "Migration", "migrations");

    /// <summary>Who serves a kind in the version that we use, since when; docs/getting-started.md says the same. Null for Kubernetes' own.</summary>
    public static string? ProviderOf(ResourceKind kind) => kind.Group switch
    {
        "argoproj.io" => "Argo CD",
        "external-secrets.io" => "External Secrets 0.16 or later",
        "postgresql.cnpg.io" => "CloudNativePG",
        "databases.schemahero.io" or "schemas.schemahero.io" => "SchemaHero",
        _ => null,
    };
}

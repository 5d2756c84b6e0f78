using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns;

/// <summary>The kinds that the stand-ins watch and write: other projects' and Kubernetes' own.</summary>
public static class ForeignKinds
{
    /// <summary>Secret of core.</summary>
    public static readonly ResourceKind Secret = new("", "v1", "Secret", "secrets");

    /// <summary>ConfigMap of core.</summary>
    public static readonly ResourceKind ConfigMap = new("", "v1", "ConfigMap", "configmaps");

    /// <summary>Service of core.</summary>
    public static readonly ResourceKind Service = new("", "v1", "Service", "services");

    /// <summary>Namespace of core.</summary>
    public static readonly ResourceKind Namespace = new("", "v1", "Namespace", "namespaces", Namespaced: false);

    /// <summary>Deployment of apps.</summary>
    public static readonly ResourceKind Deployment = new("apps", "v1", "Deployment", "deployments");

    /// <summary>StatefulSet of apps.</summary>
    public static readonly ResourceKind StatefulSet = new("apps", "v1", "StatefulSet", "statefulsets");

    /// <summary>Ingress of networking.k8s.io.</summary>
    public static readonly ResourceKind Ingress = new("networking.k8s.io", "v1", "Ingress", "ingresses");

    /// <summary>ExternalSecret of External Secrets.</summary>
    public static readonly ResourceKind ExternalSecret =
        new("external-secrets.io", "v1", "ExternalSecret", "externalsecrets");

    /// <summary>SecretStore of External Secrets.</summary>
    public static readonly ResourceKind SecretStore =
        new("external-secrets.io", "v1", "SecretStore", "secretstores");

    /// <summary>ClusterSecretStore of External Secrets.</summary>
    public static readonly ResourceKind ClusterSecretStore =
        new("external-secrets.io", "v1", "ClusterSecretStore", "clustersecretstores", Namespaced: false);

    /// <summary>Cluster of CloudNativePG.</summary>
    public static readonly ResourceKind Cluster = new("postgresql.cnpg.io", "v1", "Cluster", "clusters");

    /// <summary>Database of SchemaHero.</summary>
    public static readonly ResourceKind Database =
        new("databases.schemahero.io", "v1alpha4", "Database", "databases");

    /// <summary>Table of SchemaHero.</summary>
    public static readonly ResourceKind Table = new("schemas.schemahero.io", "v1alpha4", "Table", "tables");

    /// <summary>Migration of SchemaHero.</summary>
    public static readonly ResourceKind Migration =
        new("schemas.schemahero.io", "v1alpha4", "Migration", "migrations");

    /// <summary>Application of Argo CD.</summary>
    public static readonly ResourceKind Application =
        new("argoproj.io", "v1alpha1", "Application", "applications");

    /// <summary>AppProject of Argo CD.</summary>
    public static readonly ResourceKind AppProject =
        new("argoproj.io", "v1alpha1", "AppProject", "appprojects");
}

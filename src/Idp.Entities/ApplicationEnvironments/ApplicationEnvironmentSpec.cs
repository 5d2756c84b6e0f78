using System.Text.Json.Serialization;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>What one stage of one application consists of.</summary>
[ValidationRule(
    "has(self.__namespace__) == has(oldSelf.__namespace__) && (!has(self.__namespace__) || self.__namespace__ == oldSelf.__namespace__)",
    "namespace cannot be changed")]
[ValidationRule(
    "!has(self.workload) || !has(self.workload.env) || !has(self.secrets)"
    + " || self.workload.env.all(e, !self.secrets.exists(s, s.name == e.name))",
    "workload.env and secrets must not name the same variable")]
[ValidationRule(
    "!has(self.database) || !has(self.workload) || !has(self.workload.env) || self.workload.env.all(e, e.name != 'DATABASE_URL')",
    "workload.env must not set DATABASE_URL, which the database sets")]
[ValidationRule(
    "!has(self.database) || !has(self.secrets) || self.secrets.all(s, s.name != 'DATABASE_URL')",
    "secrets must not set DATABASE_URL, which the database sets")]
public sealed record ApplicationEnvironmentSpec
{
    /// <summary>The application; the Deployment, its container and the Service carry this name. Cannot be changed.</summary>
    [Required]
    [Pattern("^" + Patterns.LetteredDnsLabel + "$")]
    [Length(1, BackendApp.MaxNameLength)]
    [ValidationRule("self == oldSelf", "application cannot be changed")]
    [ValidationRule("!self.startsWith('kube-')", "application must not start with kube-")]
    public string Application { get => field ?? ""; init; }

    /// <summary>What the environment is for.</summary>
    [Required]
    public Stage Stage { get; init; }

    /// <summary>The namespace that is made for it; default: APPLICATION-NAME. Cannot be changed.</summary>
    [Pattern("^" + Patterns.DnsLabel + "$")]
    [Length(1, 63)]
    [ValidationRule("self != 'default' && !self.startsWith('kube-')", "namespace must not be default or start with kube-")]
    public string? Namespace { get; init; }

    /// <summary>
    /// Who owns it; default: the label <c>idp.dev/team</c> of the manifest's namespace, else that namespace's name.
    /// </summary>
    [Pattern("^" + Patterns.DnsLabel + "$")]
    [Length(1, 63)]
    public string? Team { get; init; }

    /// <summary>Where the deployment manifests lie.</summary>
    [Required]
    public SourceSpec Source { get => field ??= new(); init; }

    /// <summary>Who starts a deployment; default: what the platform says for the stage.</summary>
    public SyncMode? Sync { get; init; }

    /// <summary>The host name under which it is reached; default: none.</summary>
    [Pattern("^" + Patterns.HostName + "$")]
    [Length(1, 253)]
    public string? Host { get; init; }

    /// <summary>What the manifest decides over the repository.</summary>
    public EnvironmentWorkload? Workload { get; init; }

    /// <summary>The limits of the namespace; default: what the platform says for the stage.</summary>
    public GuardrailsSpec? Guardrails { get; init; }

    /// <summary>Environment variables whose values come from the platform's secret store.</summary>
    [Items(0, 64)]
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public IReadOnlyList<SecretVariable> Secrets { get => field ?? []; init; }

    /// <summary>The database; its address arrives as <c>DATABASE_URL</c>. Default: none.</summary>
    public DatabaseSpec? Database { get; init; }

    /// <summary>Stops every change until it is false again; deletion still works.</summary>
    [DefaultValue(false)]
    public bool Suspend { get; init; }
}

/// <summary>Where the deployment manifests lie.</summary>
public sealed record SourceSpec
{
    /// <summary>The Git repository, over HTTPS and without credentials.</summary>
    [JsonPropertyName("repoURL")]
    [Pattern("^" + Patterns.RepositoryUrl + "$")]
    [Length(1, 512)]
    [Required]
    public string RepoUrl { get => field ?? ""; init; }

    /// <summary>The folder with the kustomization.</summary>
    [Pattern("^" + Patterns.RepositoryPath + "$")]
    [Length(1, 256)]
    [Required]
    public string Path { get => field ?? ""; init; }

    /// <summary>The branch, tag or commit; default: the repository's default branch.</summary>
    [Pattern("^" + Patterns.Revision + "$")]
    [Length(1, 255)]
    public string? TargetRevision { get; init; }
}

/// <summary>What an environment is for; the platform's guardrails depend on it.</summary>
[JsonConverter(typeof(StrictEnumConverter<Stage>))]
public enum Stage
{
    /// <summary>Trying things out.</summary>
    Development,

    /// <summary>Rehearsing production.</summary>
    Staging,

    /// <summary>Serving users.</summary>
    Production,
}

/// <summary>Who starts a deployment.</summary>
[JsonConverter(typeof(StrictEnumConverter<SyncMode>))]
public enum SyncMode
{
    /// <summary>Argo CD, at every change.</summary>
    Automatic,

    /// <summary>A person, in Argo CD.</summary>
    Manual,
}

using System.Collections.Immutable;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>What a team wants of an application; everything has a default, most of them from the platform.</summary>
[ValidationRule(
    "!has(self.environments) || self.environments.all(a, !has(a.host)"
    + " || self.environments.filter(b, has(b.host) && b.host == a.host).size() == 1)",
    "environments must not share a host")]
[ValidationRule(
    "!has(self.env) || !has(self.secrets) || self.env.all(e, !self.secrets.exists(s, s.name == e.name))",
    "env and secrets must not name the same variable")]
[ValidationRule(
    "!has(self.database) || !has(self.env) || self.env.all(e, e.name != 'DATABASE_URL')",
    "env must not set DATABASE_URL, which the database sets")]
[ValidationRule(
    "!has(self.database) || !has(self.secrets) || self.secrets.all(s, s.name != 'DATABASE_URL')",
    "secrets must not set DATABASE_URL, which the database sets")]
[ValidationRule(
    "!has(self.environments) || !has(self.secrets) || self.environments.all(n, !has(n.env)"
    + " || n.env.all(e, !self.secrets.exists(s, s.name == e.name)))",
    "environments.env and secrets must not name the same variable")]
[ValidationRule(
    "!has(self.database) || !has(self.environments)"
    + " || self.environments.all(n, !has(n.env) || n.env.all(e, e.name != 'DATABASE_URL'))",
    "environments.env must not set DATABASE_URL, which the database sets")]
[ValidationRule(
    "!has(oldSelf.repository) || !has(oldSelf.repository.owner)"
    + " || (has(self.repository) && has(self.repository.owner) && self.repository.owner == oldSelf.repository.owner)",
    "repository.owner cannot be changed")]
[ValidationRule(
    "!has(oldSelf.repository) || !has(oldSelf.repository.name)"
    + " || (has(self.repository) && has(self.repository.name) && self.repository.name == oldSelf.repository.name)",
    "repository.name cannot be changed")]
[ValidationRule(
    "(has(self.repository) && has(self.repository.deployment) ? self.repository.deployment : 'InRepository')"
    + " == (has(oldSelf.repository) && has(oldSelf.repository.deployment) ? oldSelf.repository.deployment : 'InRepository')",
    "repository.deployment cannot be changed")]
[ValidationRule(
    "!has(self.repository) || !has(self.repository.name) || !has(self.repository.deployment)"
    + " || self.repository.deployment != 'Separate' || self.repository.name.size() <= 93",
    "repository.name must have at most 93 characters where repository.deployment is Separate")]
public sealed record BackendAppSpec : WorkloadSpec
{
    /// <summary>What the application does, in one line; the repository carries it too.</summary>
    [Pattern("^" + Patterns.Line + "$")]
    [Length(0, 350)]
    public string? Description { get; init; }

    /// <summary>Who owns it; default: the label <c>idp.dev/team</c> of the namespace, else the namespace's name.</summary>
    [Pattern("^" + Patterns.DnsLabel + "$")]
    [Length(1, 63)]
    public string? Team { get; init; }

    /// <summary>The system that it belongs to, as the software catalogue has it.</summary>
    [Pattern("^" + Patterns.DnsLabel + "$")]
    [Length(1, 63)]
    public string? System { get; init; }

    /// <summary>Which golden path the repository is made from.</summary>
    public TemplateSpec? Template { get; init; }

    /// <summary>The repository on GitHub.</summary>
    public RepositorySpec? Repository { get; init; }

    /// <summary>
    /// The container image; with a tag or digest it is pinned, without one the repository decides. Default: the
    /// platform's registry and the repository's name.
    /// </summary>
    [Pattern("^" + Patterns.Image + "$")]
    [Length(1, 512)]
    public string? Image { get; init; }

    /// <summary>Environment variables whose values come from the platform's secret store.</summary>
    [Items(0, 64)]
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public IReadOnlyList<SecretVariable> Secrets { get => field ?? []; init; }

    /// <summary>A database for each environment; its address arrives as <c>DATABASE_URL</c>. Default: none.</summary>
    public DatabaseSpec? Database { get; init; }

    /// <summary>The environments; default: the platform's, usually staging and production.</summary>
    [Items(0, 10)]
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public IReadOnlyList<EnvironmentSpec> Environments { get => field ?? []; init; }

    /// <summary>Stops every change until it is false again; deletion still works.</summary>
    [DefaultValue(false)]
    public bool Suspend { get; init; }
}

/// <summary>Which golden path the repository is made from.</summary>
public sealed record TemplateSpec
{
    /// <summary>The golden path; default: the platform's.</summary>
    [Pattern("^" + Patterns.DnsLabel + "$")]
    [Length(1, 63)]
    public string? Name { get; init; }

    /// <summary>
    /// The version: one such as <c>1.2.0</c>, or a range: <c>1.x</c>, <c>1.2.x</c>, <c>^1.2</c>, <c>~1.2.3</c>, <c>&gt;=1.2 &lt;2</c>. Default: the
    /// newest that is no prerelease.
    /// </summary>
    [Pattern("^" + Patterns.VersionRange + "$")]
    [Length(1, 100)]
    public string? Version { get; init; }

    /// <summary>What the golden path asks for; it says itself which parameters it has, and their defaults.</summary>
    [Keys(Patterns.ParameterName, 63)]
    [Length(0, 1024)]
    [PropertyLimits(0, 64)]
    public IReadOnlyDictionary<string, string> Parameters
    {
        get => field ?? ImmutableDictionary<string, string>.Empty;
        init;
    }
}

/// <summary>One environment of the application, and where it differs from the others.</summary>
public sealed record EnvironmentSpec : WorkloadSpec
{
    /// <summary>The environment's name, such as <c>staging</c>; the namespace is called APPLICATION-NAME.</summary>
    [Pattern("^" + Patterns.LetteredDnsLabel + "$")]
    [Length(1, 22)]
    public required string Name { get; init; }

    /// <summary>What it is for; default: what the platform says for an environment of that name.</summary>
    public Stage? Stage { get; init; }

    /// <summary>The host name under which it is reached; default: the platform's rule.</summary>
    [Pattern("^" + Patterns.HostName + "$")]
    [Length(1, 253)]
    public string? Host { get; init; }

    /// <summary>Who starts a deployment; default: what the platform says for the stage.</summary>
    public SyncMode? Sync { get; init; }
}

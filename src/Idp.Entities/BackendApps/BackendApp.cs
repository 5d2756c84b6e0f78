using System.Text.Json.Serialization.Metadata;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>One application of a team: its repository, its environments and what it needs in them.</summary>
/// <remarks>The namespace is the team's. The user's contract is docs/kinds/backendapp.md.</remarks>
[KubernetesEntity(Group = "idp.dev", ApiVersion = "v1alpha1", Kind = "BackendApp", PluralName = "backendapps", Categories = ["idp"])]
[KubernetesEntityShortNames("bapp")]
[GenericAdditionalPrinterColumn(
    ".status.conditions[?(@.type==\"Ready\")].status", "Ready", "string",
    Description = "Whether the application is there and healthy.")]
[GenericAdditionalPrinterColumn(
    ".status.environmentsReady", "Environments", "string",
    Description = "How many of the environments are ready.")]
[GenericAdditionalPrinterColumn(".status.repository.url", "Repository", "string", Description = "The repository's page.")]
[GenericAdditionalPrinterColumn(
    ".status.conditions[?(@.type==\"Ready\")].message", "Status", "string",
    Description = "Why it is ready or not.")]
[GenericAdditionalPrinterColumn(".metadata.creationTimestamp", "Age", "date")]
[GenericAdditionalPrinterColumn(".status.template", "Template", "string", Priority = 1, Description = "The golden path.")]
[GenericAdditionalPrinterColumn(".status.team", "Team", "string", Priority = 1, Description = "The team that owns it.")]
[GenericAdditionalPrinterColumn(".spec.system", "System", "string", Priority = 1, Description = "The system that it belongs to.")]
[ValidationRule(
    "self.metadata.name.size() <= 40 && self.metadata.name.matches('^" + Patterns.LetteredDnsLabel + "$')",
    "metadata.name must be a DNS label of at most 40 characters that starts with a letter")]
[ValidationRule("!self.metadata.name.startsWith('kube-')", "metadata.name must not start with kube-")]
public sealed class BackendApp : CustomKubernetesEntity<BackendAppSpec, BackendAppStatus>, IKubernetesEntity<BackendApp>
{
    /// <summary>How long the name of an application may be, so that every namespace and child has a valid name.</summary>
    public const int MaxNameLength = 40;

    /// <summary>The kind.</summary>
    public static ResourceKind ResourceKind { get; } = new("idp.dev", "v1alpha1", "BackendApp", "backendapps");

    /// <summary>How the kind is read from JSON.</summary>
    public static JsonTypeInfo<BackendApp> JsonType => EntitiesJson.Default.BackendApp;
}

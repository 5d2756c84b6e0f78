using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>One stage of one application: its namespace, guardrails, secrets, database, schema and delivery.</summary>
/// <remarks>Made by a BackendApp beside itself, or written by hand. The user's contract is docs/kinds/applicationenvironment.md.</remarks>
[KubernetesEntity(
    Group = "idp.dev",
    ApiVersion = "v1alpha1",
    Kind = "ApplicationEnvironment",
    PluralName = "applicationenvironments",
    Categories = ["idp"])]
[KubernetesEntityShortNames("appenv")]
[GenericAdditionalPrinterColumn(
    ".status.conditions[?(@.type==\"Ready\")].status", "Ready", "string",
    Description = "Whether the environment is deployed and healthy.")]
[GenericAdditionalPrinterColumn(".spec.application", "Application", "string")]
[GenericAdditionalPrinterColumn(".spec.stage", "Stage", "string")]
[GenericAdditionalPrinterColumn(".status.url", "URL", "string", Description = "Where the application is reached.")]
[GenericAdditionalPrinterColumn(
    ".status.conditions[?(@.type==\"Ready\")].message", "Status", "string",
    Description = "Why it is ready or not.")]
[GenericAdditionalPrinterColumn(".metadata.creationTimestamp", "Age", "date")]
[GenericAdditionalPrinterColumn(
    ".status.namespace", "Namespace", "string",
    Priority = 1, Description = "The namespace that was made.")]
[GenericAdditionalPrinterColumn(".status.sync", "Sync", "string", Priority = 1, Description = "Argo CD's sync status.")]
[GenericAdditionalPrinterColumn(".status.health", "Health", "string", Priority = 1, Description = "Argo CD's health status.")]
[GenericAdditionalPrinterColumn(
    ".status.revision", "Revision", "string",
    Priority = 1, Description = "The commit that is deployed.")]
[ValidationRule(
    "self.metadata.name.size() <= 63 && self.metadata.name.matches('^" + Patterns.DnsLabel + "$')",
    "metadata.name must be a DNS label of at most 63 characters")]
public sealed class ApplicationEnvironment
    : CustomKubernetesEntity<ApplicationEnvironmentSpec, ApplicationEnvironmentStatus>, IKubernetesEntity<ApplicationEnvironment>
{
    /// <summary>The kind.</summary>
    public static ResourceKind ResourceKind { get; } =
        new("idp.dev", "v1alpha1", "ApplicationEnvironment", "applicationenvironments");

    /// <summary>How the kind is read from JSON.</summary>
    public static JsonTypeInfo<ApplicationEnvironment> JsonType => EntitiesJson.Default.ApplicationEnvironment;

    /// <summary>The namespace that is made for the environment: the one that the manifest names, else APPLICATION-NAME.</summary>
    /// <remarks>An environment whose own name already begins with the application's is not given it twice.</remarks>
    [JsonIgnore]
    public string TargetNamespace => NamespaceOf(Spec, Metadata);

    /// <summary>What a BackendApp calls the environment that it makes, and the namespace of it.</summary>
    /// <param name="application">The application.</param>
    /// <param name="environment">The environment within the application, such as <c>staging</c>.</param>
    public static string NameOf(string application, string environment) => $"{application}-{environment}";

    internal static string NamespaceOf(ApplicationEnvironmentSpec spec, ObjectMeta metadata)
    {
        if (spec.Namespace is not null)
        {
            return spec.Namespace;
        }

        return metadata.Name.StartsWith(spec.Application + "-", StringComparison.Ordinal)
            ? metadata.Name
            : NameOf(spec.Application, metadata.Name);
    }
}

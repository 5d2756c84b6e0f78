using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.Settings;

/// <summary>Tells the namespaces that teams live in from those that were made for their environments.</summary>
/// <remarks>
/// A grant is given to a namespace by its name, and who makes an environment chooses the name of the environment's: so that one is granted
/// nothing. Its labels are the operator's, and a namespace is not a tenant's to label.
/// </remarks>
internal static class Homes
{
    /// <summary>Whether manifests in a namespace are carried out at all.</summary>
    /// <param name="home">The namespace; null where it is not known yet.</param>
    public static Grant MayHoldManifests(KubeObject? home)
    {
        if (home?.Metadata.Labels is not { } labels
            || labels.GetValueOrDefault(Labels.ManagedBy) != Labels.Manager
            || labels.GetValueOrDefault(Labels.Environment) is not { } environment)
        {
            return Grant.Given;
        }

        var owner = $"{labels.GetValueOrDefault(Labels.EnvironmentNamespace)}/{environment}";
        return Grant.Refused(
            $"metadata.namespace: {home.Key.Name} was made for ApplicationEnvironment {owner}, and such a namespace is granted nothing. "
            + "Move the manifest to the team's own namespace.");
    }
}

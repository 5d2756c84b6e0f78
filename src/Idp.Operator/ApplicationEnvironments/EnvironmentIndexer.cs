using System.Text.Json;
using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Finds environments by something that they say, in the manifest or in status.</summary>
/// <param name="Say">What it is; null for what is not to be found.</param>
internal sealed record EnvironmentIndexer(Func<ApplicationEnvironment, string?> Say) : ObjectIndexer
{
    /// <inheritdoc/>
    public override string? ValueOf(KubeObject item)
    {
        try
        {
            return Say(item.Deserialize(ApplicationEnvironment.JsonType));
        }
        catch (JsonException)
        {
            // What cannot be read says nothing, and waits for nothing but to be mended.
            return null;
        }
    }
}

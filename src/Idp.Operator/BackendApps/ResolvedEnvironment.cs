using Idp.Entities;
using Idp.Operator.Settings;

namespace Idp.Operator.BackendApps;

/// <summary>One stage of an application, every default filled in.</summary>
/// <param name="Spec">What the manifest says; for a default environment only its name and stage.</param>
/// <param name="Stage">What it is for.</param>
/// <param name="Place">Its application, name, namespace and team.</param>
/// <param name="Host">The host of its address.</param>
public sealed record ResolvedEnvironment(EnvironmentSpec Spec, Stage Stage, Place Place, string Host)
{
    /// <summary>The name of its ApplicationEnvironment.</summary>
    public string ObjectName => $"{Place.Application}-{Spec.Name}";
}

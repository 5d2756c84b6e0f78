using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Client;

/// <summary>One change.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object; of a bookmark only its resource version means something.</param>
public readonly record struct WatchEvent(WatchEventType Type, KubeObject Object)
{
    /// <summary>From where to go on after this event.</summary>
    public string ResourceVersion => Object.Metadata.ResourceVersion;
}

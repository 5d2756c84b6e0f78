using System.Text.Json.Serialization.Metadata;

namespace Idp.Kubernetes.Model;

/// <summary>An object of an own kind that the runtime can read without reflection.</summary>
/// <typeparam name="TSelf">The entity itself.</typeparam>
public interface IKubernetesEntity<TSelf>
    where TSelf : class, IKubernetesEntity<TSelf>
{
    /// <summary>The kind that the type stands for.</summary>
    static abstract ResourceKind ResourceKind { get; }

    /// <summary>How the type is read from JSON, from a source-generated context.</summary>
    static abstract JsonTypeInfo<TSelf> JsonType { get; }

    /// <summary>The object's metadata.</summary>
    ObjectMeta Metadata { get; }
}

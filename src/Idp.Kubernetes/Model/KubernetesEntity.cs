using System.Text.Json.Serialization.Metadata;

namespace Idp.Kubernetes.Model;

/// <summary>A custom resource with a desired state and an observed one.</summary>
/// <typeparam name="TSpec">What the user writes.</typeparam>
/// <typeparam name="TStatus">What the controller writes, through the status subresource.</typeparam>
public abstract class CustomKubernetesEntity<TSpec, TStatus>
    where TSpec : class, new()
    where TStatus : class, new()
{
    /// <summary>Group and version.</summary>
    public string ApiVersion { get => field ?? ""; init; }

    /// <summary>The kind.</summary>
    public string Kind { get => field ?? ""; init; }

    /// <summary>Name, namespace, labels and the server's bookkeeping.</summary>
    public ObjectMeta Metadata { get => field ??= new(); init; }

    /// <summary>What is wanted.</summary>
    public TSpec Spec { get => field ??= new(); init; }

    /// <summary>What was seen; empty until the first reconcile.</summary>
    public TStatus Status { get => field ??= new(); init; }
}

/// <summary>An object of an own kind that the runtime can read without reflection.</summary>
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

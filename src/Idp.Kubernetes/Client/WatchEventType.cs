namespace Idp.Kubernetes.Client;

/// <summary>What happened to an object.</summary>
public enum WatchEventType
{
    /// <summary>It came into being, or into the selection.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It went, or left the selection; the object is its last state.</summary>
    Deleted,

    /// <summary>Nothing happened up to this resource version.</summary>
    Bookmark,
}

namespace Idp.Kubernetes.Apply;

/// <summary>What became of one desired object.</summary>
public enum ApplyOutcome
{
    /// <summary>It was as wanted already; nothing was written.</summary>
    Unchanged,

    /// <summary>It was made.</summary>
    Created,

    /// <summary>It was brought to what is wanted.</summary>
    Updated,

    /// <summary>It is ours and was brought to what is wanted, and somebody rewrites it whenever it is: see the message.</summary>
    Contested,

    /// <summary>There is such an object, and it is somebody else's; it was not touched.</summary>
    Conflict,

    /// <summary>The kind, or the namespace, is not there yet.</summary>
    DependencyMissing,

    /// <summary>The object or its namespace is being deleted; it can be made again when it is gone.</summary>
    Terminating,

    /// <summary>The server refused it, or could not be reached.</summary>
    Failed,

    /// <summary>It was not tried, or it changed faster than we could write; the next reconcile takes it up.</summary>
    Skipped,
}

using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Client;

/// <summary>How the client behaves.</summary>
public sealed record KubeClientSettings
{
    /// <summary>What the client calls itself; seen in the server's audit log.</summary>
    public string UserAgent { get; init; } = "idp-kubernetes";

    /// <summary>What lets writes through, or does not; null for all of them.</summary>
    public WriteFence? Fence { get; init; }

    /// <summary>How long a request may take; of a watch, until it begins.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>Which objects of a kind are meant, and how much of them is wanted.</summary>
public abstract record ObjectSelection
{
    /// <summary>One namespace; empty for all.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Such as <c>app.kubernetes.io/managed-by=idp-operator</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Such as <c>metadata.name=web</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Whether only the metadata is wanted, which is far less to send and to keep.</summary>
    public bool MetadataOnly { get; init; }

    internal Call CallOf(ResourceKind kind, string metadataKind, Query query) => new(HttpMethod.Get, kind, new ObjectKey(Namespace, ""))
    {
        Accept = MetadataOnly ? $"application/json;as={metadataKind};g=meta.k8s.io;v=v1" : Call.Json,
        Query = query.Add("labelSelector", LabelSelector).Add("fieldSelector", FieldSelector),
    };
}

/// <summary>Which objects of a kind to list.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks</remarks>
public sealed record ListOptions : ObjectSelection
{
    /// <summary>How many objects one page holds.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>The token of the page before; null for the first page.</summary>
    public string? Continue { get; init; }

    /// <summary>How fresh the list must be; null for the newest, <c>0</c> for whatever the server has at hand.</summary>
    public string? ResourceVersion { get; init; }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">From where a watch goes on without a gap.</param>
/// <param name="Continue">The token of the next page; null on the last one.</param>
public sealed record KubeList(IReadOnlyList<KubeObject> Items, string ResourceVersion, string? Continue);

/// <summary>Which changes to watch.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes</remarks>
public sealed record WatchOptions : ObjectSelection
{
    /// <summary>After which version to begin: that of a list, or of the last event.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>After how long the server ends the watch.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(290);

    /// <summary>After how long without a byte the connection counts as dead: five seconds after the server's timeout.</summary>
    /// <remarks>
    /// The server ends every watch after <see cref="ServerTimeout"/>; a stream that is silent for longer is one whose
    /// other end is gone without a word. That there always is such a limit is the cure for half-open watches.
    /// </remarks>
    public TimeSpan IdleTimeout => ServerTimeout + TimeSpan.FromSeconds(5);
}

/// <summary>How to apply.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/server-side-apply/</remarks>
public sealed record ApplyOptions
{
    /// <summary>Who the fields shall belong to; one stable name.</summary>
    public required string FieldManager { get; init; }

    /// <summary>Whether to take fields from other managers; without it they are a conflict.</summary>
    public bool Force { get; init; }

    /// <summary>Whether the server shall only say what it would do.</summary>
    public bool DryRun { get; init; }

    /// <summary>Such as <c>status</c>; null for the object itself.</summary>
    public string? Subresource { get; init; }
}

/// <summary>What an apply left behind.</summary>
/// <param name="Object">The object as it is now.</param>
/// <param name="Created">Whether it did not exist before.</param>
public sealed record Applied(KubeObject Object, bool Created);

/// <summary>How to delete; what the object owns is deleted afterwards.</summary>
public sealed record DeleteOptions
{
    /// <summary>Delete only the object with this uid, not a later one of the same name.</summary>
    public string? Uid { get; init; }
}

namespace Idp.Testing.Proxy;

/// <summary>One request that came to a <see cref="FaultProxy"/>.</summary>
public sealed class ProxiedRequest
{
    /// <summary>Its place in the order of arrival, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path as sent.</summary>
    public required string Path { get; init; }

    /// <summary>The query as sent, without its question mark; <see cref="FaultProxy.Before"/> may change it.</summary>
    public required string Query { get; set; }

    /// <summary>What the caller calls itself.</summary>
    public required string UserAgent { get; init; }

    /// <summary>The status that the caller was given; 0 before that, and where it was given none.</summary>
    public int Status { get; internal set; }

    /// <summary>Whether it is answered, dropped or given up.</summary>
    public bool IsOver { get; internal set; }

    /// <summary>Whether it is to change something: no read, no dry run, and none of the questions that are asked by POST.</summary>
    public bool IsWrite =>
        Method is not ("GET" or "HEAD" or "OPTIONS")
        && !Path.EndsWith("reviews", StringComparison.Ordinal)
        && !Has("dryRun", "All");

    /// <summary>Whether it asks a Kubernetes API server to go on telling of changes.</summary>
    public bool IsWatch => Method == "GET" && (Has("watch", "true") || Has("watch", "1"));

    /// <summary>Whether it asks a Kubernetes API server for (a page of) a list.</summary>
    public bool IsList => Method == "GET" && !IsWatch && Places is [_] or ["namespaces", _, _];

    /// <summary>The kind of object as the path of a Kubernetes API server names it, such as <c>backendapps</c>; else empty.</summary>
    public string Resource => Places switch
    {
        ["namespaces", _, not ("status" or "finalize"), ..] => Places[2],
        [var resource, ..] => resource,
        _ => "",
    };

    internal bool IsDropped { get; private set; }

    internal string Target => Query.Length > 0 ? $"{Path}?{Query}" : Path;

    // What stands behind /api/v1 or /apis/group/version.
    private string[] Places => Path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["api", _, .. var places] => places,
        ["apis", _, _, .. var places] => places,
        _ => [],
    };

    /// <summary>Whether the query says so.</summary>
    /// <param name="name">A parameter.</param>
    /// <param name="value">Its value as sent.</param>
    public bool Has(string name, string value) => Query.Split('&').Contains($"{name}={value}");

    /// <summary>From a hook: it goes no further, and the caller gets no answer.</summary>
    public void Drop() => IsDropped = true;

    /// <summary>Returns method, path and query.</summary>
    public override string ToString() => $"{Method} {Target} {Status}";
}

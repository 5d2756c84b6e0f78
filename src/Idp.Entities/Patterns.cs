namespace Idp.Entities;

/// <summary>The spellings that the API allows, each once: the schema and the validator use the same text.</summary>
/// <remarks>
/// Written without anchors, in what RE2 and .NET read alike. The schema adds <c>^</c> and <c>$</c>; the validator <c>\z</c>, because
/// .NET's <c>$</c> lets a trailing line break pass.
/// </remarks>
public static class Patterns
{
    /// <summary>A DNS label.</summary>
    public const string DnsLabel = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    /// <summary>A DNS label that starts with a letter, as names of Services must.</summary>
    public const string LetteredDnsLabel = "[a-z]([-a-z0-9]*[a-z0-9])?";

    /// <summary>A host name of at least two labels, without wildcards.</summary>
    public const string HostName = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)+";

    /// <summary>The name of an environment variable.</summary>
    public const string VariableName = "[A-Za-z_][A-Za-z0-9_]*";

    /// <summary>A container image, with or without a registry, tag and digest.</summary>
    public const string Image =
        "([a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?(:[0-9]{1,5})?/)?"
        + "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*"
        + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[a-f0-9]{64})?";

    /// <summary>An amount of CPU, memory or storage; never negative.</summary>
    public const string Quantity = "[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?";

    /// <summary>An amount that is more than nothing.</summary>
    public const string PositiveQuantity =
        "([0-9]*[1-9][0-9]*(\\.[0-9]+)?|[0-9]+\\.[0-9]*[1-9][0-9]*)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?";

    /// <summary>A GitHub user or organisation.</summary>
    public const string GitHubOwner = "[A-Za-z0-9](-?[A-Za-z0-9])*";

    /// <summary>A GitHub repository; never hidden, never <c>..</c>.</summary>
    public const string GitHubRepository = "[A-Za-z0-9_-][A-Za-z0-9._-]*";

    /// <summary>A GitHub topic.</summary>
    public const string GitHubTopic = "[a-z0-9][a-z0-9-]*";

    /// <summary>A line of text without control characters.</summary>
    public const string Line = "[^\\x00-\\x1f\\x7f]*";

    /// <summary>The name of a golden path's parameter.</summary>
    public const string ParameterName = "[A-Za-z][A-Za-z0-9_]*";

    /// <summary>
    /// Where a secret lies in the remote store: segments that never begin with a dot, so that nobody climbs out.
    /// </summary>
    public const string RemoteKey = "[A-Za-z0-9_:@=+-][A-Za-z0-9_.:@=+-]*(/[A-Za-z0-9_:@=+-][A-Za-z0-9_.:@=+-]*)*";

    /// <summary>One property of a remote secret.</summary>
    public const string RemoteProperty = "[A-Za-z0-9_][A-Za-z0-9_.@-]*";

    /// <summary>A major version of PostgreSQL.</summary>
    public const string PostgreSqlVersion = "[1-9][0-9]";

    /// <summary>A table, column or index; it ends up in DDL.</summary>
    public const string SqlName = "[a-z]([a-z0-9_]*[a-z0-9])?";

    /// <summary>A column type of PostgreSQL; it ends up in DDL, so only known ones pass.</summary>
    public const string SqlType =
        "(bigint|bigserial|boolean|bytea|char|cidr|citext|date|double precision|inet|integer|interval|json|jsonb|macaddr|money"
        + "|numeric|real|serial|smallint|smallserial|text|time|timestamp|timestamptz|timetz|tsquery|tsvector|uuid|varchar|xml"
        + "|bit|bit varying|character|character varying|time with time zone|timestamp with time zone"
        + "|time without time zone|timestamp without time zone)"
        + "(\\([1-9][0-9]{0,6}(, ?[0-9]{1,4})?\\))?(\\[\\])?";

    /// <summary>A Git repository over HTTP, without credentials in it.</summary>
    public const string RepositoryUrl = "https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+";

    /// <summary>A folder of a repository: relative, no segment begins with a dot.</summary>
    public const string RepositoryPath = "[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*";

    /// <summary>A branch, tag or commit.</summary>
    public const string Revision = "[A-Za-z0-9_][A-Za-z0-9._/-]*";

    /// <summary>The key of a quota, such as <c>requests.cpu</c> or <c>count/jobs.batch</c>.</summary>
    public const string QuotaKey = "[a-z]([-a-zA-Z0-9./]*[a-zA-Z0-9])?";

    /// <summary>A group of the cluster's users.</summary>
    public const string UserGroup = "[A-Za-z0-9]([A-Za-z0-9_.:@/-]*[A-Za-z0-9])?";
}

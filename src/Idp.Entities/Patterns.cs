using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Idp.Entities;

/// <summary>The spellings that the API allows, each once: the schema and the validator use the same text.</summary>
/// <remarks>
/// Written without anchors, in what RE2 and .NET read alike. The schema adds <c>^</c> and <c>$</c>; the validator <c>\z</c>, because
/// .NET's <c>$</c> lets a trailing line break pass. In what words a manifest's author reads them stands at the end.
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

    /// <summary>One version of a golden path, or a range of them, as npm writes ranges; no plain <c>1.2</c>, which could be either.</summary>
    public const string VersionRange =
        "(" + VersionNumber + "\\." + VersionNumber + "\\." + VersionNumber + Prerelease + "|" + VersionNumber + "(\\." + VersionNumber + ")?\\.x"
        + "|" + Comparator + "( " + Comparator + "){0,3})";

    private const string VersionNumber = "(0|[1-9][0-9]{0,8})";
    private const string Prerelease = "(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?";
    private const string Comparator =
        "(\\^|~|>=?|<=?)" + VersionNumber + "(\\." + VersionNumber + "(\\." + VersionNumber + Prerelease + ")?)?";

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

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [DnsLabel] = "a DNS label: lower-case letters, digits and dashes",
        [LetteredDnsLabel] = "a DNS label that starts with a letter",
        [HostName] = "a lower-case host name such as pay.acme.dev",
        [VariableName] = "letters, digits and underscores, not starting with a digit",
        [Image] = "an image reference such as ghcr.io/acme/pay:1.2",
        [Quantity] = "a quantity such as 500m or 256Mi",
        [PositiveQuantity] = "a quantity above 0 such as 10Gi",
        [GitHubOwner] = "a GitHub organisation: letters, digits and single dashes",
        [GitHubRepository] = "a GitHub repository name: letters, digits, dots, dashes, underscores, no leading dot",
        [GitHubTopic] = "a GitHub topic: lower-case letters, digits and dashes",
        [Line] = "one line of text",
        [ParameterName] = "letters, digits and underscores, starting with a letter",
        [VersionRange] = "a version such as 1.2.0, or a range: 1.x, 1.2.x, ^1.2, ~1.2.3 or \">=1.2 <2\"",
        [RemoteKey] = "a key such as payments/stripe; no part of it starts with a dot",
        [RemoteProperty] = "a property name: letters, digits, dots, dashes, underscores and @",
        [PostgreSqlVersion] = "a major version such as \"17\"",
        [SqlName] = "lower-case letters, digits and underscores, starting with a letter",
        [SqlType] = "a PostgreSQL type such as uuid, text or varchar(255)",
        [RepositoryUrl] = "an https URL of a Git repository, without credentials",
        [RepositoryPath] = "a folder relative to the repository; no part of it starts with a dot",
        [Revision] = "a branch, tag or commit",
        [QuotaKey] = "the key of a ResourceQuota such as requests.cpu",
        [UserGroup] = "the name of a group",
    };

    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    /// <summary>What a text must be that the pattern allows, in words; the pattern itself where nobody has found any.</summary>
    internal static string Describe(string pattern) => Words.GetValueOrDefault(pattern) ?? $"text that matches {pattern}";

    /// <summary>Whether the whole text is as the pattern says. Its length is to be checked before: it bounds what has to be looked at.</summary>
    internal static bool Fits(string text, string pattern) =>
        Compiled.GetOrAdd(pattern, known => new Regex($@"\A({known})\z", RegexOptions.CultureInvariant)).IsMatch(text);
}

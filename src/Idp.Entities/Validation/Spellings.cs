using System.Text.RegularExpressions;

namespace Idp.Entities;

/// <summary>Every spelling that the validator knows; the schema says the same in attributes, and a test holds them together.</summary>
internal static partial class Spellings
{
    public static readonly Spelling DnsLabel =
        new(DnsLabelRegex(), 63, "a DNS label: lower-case letters, digits and dashes");

    public static readonly Spelling ApplicationName =
        new(LetteredDnsLabelRegex(), 40, "a DNS label that starts with a letter");

    public static readonly Spelling EnvironmentName =
        new(LetteredDnsLabelRegex(), 22, "a DNS label that starts with a letter");

    public static readonly Spelling Host =
        new(HostNameRegex(), 253, "a lower-case host name such as pay.acme.dev");

    public static readonly Spelling Variable =
        new(VariableNameRegex(), 128, "letters, digits and underscores, not starting with a digit");

    public static readonly Spelling Image =
        new(ImageRegex(), 512, "an image reference such as ghcr.io/acme/pay:1.2");

    public static readonly Spelling Quantity =
        new(QuantityRegex(), 32, "a quantity such as 500m or 256Mi");

    public static readonly Spelling PositiveQuantity =
        new(PositiveQuantityRegex(), 32, "a quantity above 0 such as 10Gi");

    public static readonly Spelling Owner =
        new(GitHubOwnerRegex(), 39, "a GitHub organisation: letters, digits and single dashes");

    public static readonly Spelling Repository =
        new(GitHubRepositoryRegex(), 100, "a GitHub repository name: letters, digits, dots, dashes, underscores, no leading dot");

    public static readonly Spelling Topic =
        new(GitHubTopicRegex(), 50, "a GitHub topic: lower-case letters, digits and dashes");

    public static readonly Spelling Description =
        new(LineRegex(), 350, "one line of text");

    public static readonly Spelling ParameterName =
        new(ParameterNameRegex(), 63, "letters, digits and underscores, starting with a letter");

    public static readonly Spelling RemoteKey =
        new(RemoteKeyRegex(), 512, "a key such as payments/stripe; no part of it starts with a dot");

    public static readonly Spelling RemoteProperty =
        new(RemotePropertyRegex(), 253, "a property name: letters, digits, dots, dashes, underscores and @");

    public static readonly Spelling PostgreSqlVersion =
        new(PostgreSqlVersionRegex(), 2, "a major version such as \"17\"");

    public static readonly Spelling SqlName =
        new(SqlNameRegex(), 63, "lower-case letters, digits and underscores, starting with a letter");

    public static readonly Spelling SqlType =
        new(SqlTypeRegex(), 63, "a PostgreSQL type such as uuid, text or varchar(255)");

    public static readonly Spelling RepositoryUrl =
        new(RepositoryUrlRegex(), 512, "an https URL of a Git repository, without credentials");

    public static readonly Spelling RepositoryPath =
        new(RepositoryPathRegex(), 256, "a folder relative to the repository; no part of it starts with a dot");

    public static readonly Spelling Revision =
        new(RevisionRegex(), 255, "a branch, tag or commit");

    public static readonly Spelling QuotaKey =
        new(QuotaKeyRegex(), 128, "the key of a ResourceQuota such as requests.cpu");

    public static readonly Spelling UserGroup =
        new(UserGroupRegex(), 128, "the name of a group");

    [GeneratedRegex("\\A(" + Patterns.DnsLabel + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex DnsLabelRegex();

    [GeneratedRegex("\\A(" + Patterns.LetteredDnsLabel + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex LetteredDnsLabelRegex();

    [GeneratedRegex("\\A(" + Patterns.HostName + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostNameRegex();

    [GeneratedRegex("\\A(" + Patterns.VariableName + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableNameRegex();

    [GeneratedRegex("\\A(" + Patterns.Image + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ImageRegex();

    [GeneratedRegex("\\A(" + Patterns.Quantity + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex QuantityRegex();

    [GeneratedRegex("\\A(" + Patterns.PositiveQuantity + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PositiveQuantityRegex();

    [GeneratedRegex("\\A(" + Patterns.GitHubOwner + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex GitHubOwnerRegex();

    [GeneratedRegex("\\A(" + Patterns.GitHubRepository + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex GitHubRepositoryRegex();

    [GeneratedRegex("\\A(" + Patterns.GitHubTopic + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex GitHubTopicRegex();

    [GeneratedRegex("\\A(" + Patterns.Line + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex LineRegex();

    [GeneratedRegex("\\A(" + Patterns.ParameterName + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterNameRegex();

    [GeneratedRegex("\\A(" + Patterns.RemoteKey + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex RemoteKeyRegex();

    [GeneratedRegex("\\A(" + Patterns.RemoteProperty + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex RemotePropertyRegex();

    [GeneratedRegex("\\A(" + Patterns.PostgreSqlVersion + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PostgreSqlVersionRegex();

    [GeneratedRegex("\\A(" + Patterns.SqlName + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SqlNameRegex();

    [GeneratedRegex("\\A(" + Patterns.SqlType + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SqlTypeRegex();

    [GeneratedRegex("\\A(" + Patterns.RepositoryUrl + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryUrlRegex();

    [GeneratedRegex("\\A(" + Patterns.RepositoryPath + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryPathRegex();

    [GeneratedRegex("\\A(" + Patterns.Revision + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex RevisionRegex();

    [GeneratedRegex("\\A(" + Patterns.QuotaKey + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex QuotaKeyRegex();

    [GeneratedRegex("\\A(" + Patterns.UserGroup + ")\\z", RegexOptions.CultureInvariant)]
    private static partial Regex UserGroupRegex();
}

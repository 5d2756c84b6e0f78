namespace Idp.Sandbox.Tests.Contract;

/// <summary>What the description says otherwise than GitHub does. One that nothing needs fails a test.</summary>
internal static class Waivers
{
    private const string BothSchemas =
        "the answer has to match exactly one of two schemas, of which repository-rule-violation-error requires nothing and so matches every error";

    public static IReadOnlyList<Waiver> All { get; } =
    [
        new("PUT", "/contents/", 409, "response.body", $"the description, 409: {BothSchemas}"),
        new("GET", "/contents/big\\.txt", 200, "response",
            "not listed; the bytes alone: https://docs.github.com/en/rest/repos/contents#get-repository-content, custom media types"),
        new("PATCH", "^/repositories/", 200, "response.body.homepage",
            "no URI, but the empty text, where it was removed: so in 25 payloads of @octokit/webhooks-examples"),
        new("POST", "^/orgs/[^/]+/repos$", 404, "response",
            "not listed; https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource"),
        new("GET", "^/repositories/[0-9]+$", 304, "response",
            "not listed; https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate"),
        new("GET", "^/(orgs|users)/[^/]+/installation$", 404, "response",
            "not listed; https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource"),
        new("PATCH", "/pulls/[0-9]+$", 404, "response",
            "not listed; https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource"),
        new("DELETE", "/issues/comments/[0-9]+$", 404, "response",
            "not listed; https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource"),
        new("POST", "/statuses/[0-9a-f]+$", 422, "response", "not listed; 'No commit found for SHA', seen by others: rust-lang/homu#141, readthedocs/readthedocs.org#9347"),
        new("PUT", "/teams/[^/]+/repos/", 404, "response", "not listed; seen by others: backstage/backstage#33809"),
        new("POST", "/actions/variables$", 409, "response", "not listed; seen by others: cli/cli#6928, eclipse-csi/otterdog#467"),
        new("POST", "/generate$", 404, "response",
            "not listed; where the template is none, or not to be seen: https://github.com/integrations/terraform-provider-github/issues/771"),
        new("POST", "/generate$", 422, "response",
            "not listed; 'Could not clone: Name already exists on this account', with errors as texts: https://github.com/osunyorg/admin/issues/1671"),
    ];

    /// <summary>Says what breaks the description and is not waived.</summary>
    public static IReadOnlyList<string> Broken(IEnumerable<Exchange> exchanges) =>
    [
        .. from exchange in exchanges
           from violation in exchange.Violations
           where !All.Any(waiver => waiver.Covers(exchange, violation))
           select $"{exchange}\n    {violation}",
    ];

    /// <summary>The waivers without which those exchanges would break the description.</summary>
    public static IEnumerable<Waiver> Used(IReadOnlyList<Exchange> exchanges) => All.Where(
        waiver => exchanges.Any(exchange => exchange.Violations.Any(violation => waiver.Covers(exchange, violation))));
}

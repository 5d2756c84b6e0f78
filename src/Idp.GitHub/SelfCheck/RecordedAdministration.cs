namespace Idp.GitHub;

/// <summary>The calls of <see cref="RepositoryAdministration"/>.</summary>
internal static class RecordedAdministration
{
    public static IEnumerable<RecordedCall> All(Repository pay) =>
        [.. Teams(pay), .. Properties(pay), AlertsAreOn(pay)];

    private static IEnumerable<RecordedCall> Teams(Repository pay)
    {
        yield return RecordedCall.Of(
            (client, token) => client.Administration.Teams.GetIdAsync("acme", "dev", token), id => $"{id}", "4",
            new RecordedExchange("GET orgs/acme/teams/dev", "", 200, """{"id":4,"slug":"dev","privacy":"closed","permission":"pull","parent":null}"""));
        yield return RecordedCall.Of(
            (client, token) => client.Administration.Teams.FindAsync(pay, "dev", token), found => $"{found}", "Maintain", new RecordedExchange(
                "GET orgs/acme/teams/dev/repos/acme/pay", "", 200, """{"id":7,"permissions":{"admin":false,"maintain":true,"push":true,"triage":true,"pull":true}}"""));
        yield return RecordedCall.Of(
            (client, token) => client.Administration.Teams.GrantAsync(pay, "dev", TeamPermission.Maintain, token),
            new RecordedExchange("PUT orgs/acme/teams/dev/repos/acme/pay", """{"permission":"maintain"}""", 204, ""));
    }

    private static IEnumerable<RecordedCall> Properties(Repository pay)
    {
        yield return RecordedCall.Of(
            (client, token) => client.Administration.Properties.ListAsync(pay, token),
            found => string.Join(' ', found.Select(each => $"{each.Key}={each.Value}")),
            """team=a zones=["x","y"]""",
            new RecordedExchange("GET repos/acme/pay/properties/values", "", 200, """
                [{"property_name":"team","value":"a"},{"property_name":"zones","value":["x","y"]},{"property_name":"none","value":null}]
                """));
        yield return RecordedCall.Of(
            (client, token) => client.Administration.Properties.SetAsync(pay, new Dictionary<string, string> { ["team"] = "a" }, token),
            new RecordedExchange("PATCH repos/acme/pay/properties/values", """{"properties":[{"property_name":"team","value":"a"}]}""", 204, ""));
    }

    private static RecordedCall AlertsAreOn(Repository pay) => RecordedCall.Of(
        (client, token) => client.Administration.Alerts.AreOnAsync(pay, token), isOn => $"{isOn}", "True",
        new RecordedExchange("GET repos/acme/pay/vulnerability-alerts", "", 204, ""));
}

namespace Idp.GitHub;

/// <summary>Every call that takes or gives a model of Octokit's, once; bodies of our own are source-generated.</summary>
/// <remarks>The answers are cut down to what is read, and to some of what a model has beside it.</remarks>
internal static class RecordedCalls
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";

    private const string Owner = """{"login":"acme","id":3,"type":"Organization","site_admin":false}""";

    private const string Shown = $$"""
        {"id":7,"node_id":"R_7","name":"pay","full_name":"acme/pay","owner":{{Owner}},"private":true,"visibility":"internal",
         "description":"Payments","homepage":"https://acme.dev","default_branch":"main","html_url":"https://github.com/acme/pay",
         "clone_url":"https://github.com/acme/pay.git","archived":true,"topics":["idp"],"created_at":"2026-01-02T03:04:05Z","pushed_at":null,
         "size":108,"permissions":{"admin":true,"push":true,"pull":true},"license":{"key":"mit","name":"MIT License"},
         "delete_branch_on_merge":true,"allow_squash_merge":true,"allow_merge_commit":false,"allow_rebase_merge":false,"allow_auto_merge":true,
         "has_issues":true,"has_projects":false,"has_wiki":false,"security_and_analysis":{"secret_scanning":{"status":"enabled"} } }
        """;

    private const string Read = "7 acme/pay Payments https://acme.dev Internal main https://github.com/acme/pay https://github.com/acme/pay.git "
        + "True idp 2026-01-02T03:04:05 True True False False True True False False";

    private const string Commit = $$$"""
        {"sha":"{{{Sha}}}","commit":{"message":"Begin","tree":{"sha":"{{{Sha}}}"},
         "author":{"name":"Ada","email":"ada@acme.dev","date":"2026-01-02T03:04:05Z"},"committer":{"name":"Ada","date":"2026-01-02T03:04:05Z"},
         "verification":{"verified":false,"reason":"unsigned"}},"author":{{{Owner}}},"parents":[{"sha":"{{{Sha}}}"}],
         "files":[{"filename":"README.md","additions":1,"status":"added"}]}
        """;

    private static readonly string[] Switches =
    [
        "delete_branch_on_merge", "allow_squash_merge", "allow_merge_commit", "allow_rebase_merge", "allow_auto_merge", "has_issues", "has_projects", "has_wiki",
    ];

    private static readonly Repository Pay = new()
    {
        Id = 7,
        Owner = "acme",
        Name = "pay",
        DefaultBranch = "main",
        HtmlUrl = "",
        CloneUrl = "",
    };

    public static IReadOnlyList<RecordedCall> All { get; } =
    [
        .. Repositories(),
        .. Contents(),
        .. RecordedAdministration.All(Pay),
        .. RecordedPullRequests.All(Pay),
        RecordedCall.OfApp(
            "ghs_x",
            new("GET orgs/acme/installation", "", 404, """{"message":"Not Found"}"""),
            new("GET users/acme/installation", "", 200, $$"""{"id":5,"account":{{Owner}},"target_type":"Organization","permissions":{"contents":"write","workflows":"write","organization_plan":"read","organization_custom_properties":"admin"},"repository_selection":"all"}"""),
            new("POST app/installations/5/access_tokens", "", 201, """{"token":"ghs_x","expires_at":"2100-01-02T03:04:05Z"}""")),
    ];

    private static IEnumerable<RecordedCall> Repositories()
    {
        var wanted = new NewRepository { Name = "pay", Description = "", Visibility = RepositoryVisibility.Internal, HasProjects = false };
        var settings = new RepositorySettings { Homepage = "", Visibility = RepositoryVisibility.Public, Archived = false, Switches = new RepositorySwitches { ["allow_auto_merge"] = true } };
        yield return RecordedCall.Of((client, token) => client.FindRepositoryAsync("acme", "pay", token), found => Show(found!), Read, new RecordedExchange("GET repos/acme/pay", "", 200, Shown));
        yield return RecordedCall.Of(
            (client, token) => client.CreateRepositoryAsync("acme", wanted, token), Show, Read, new RecordedExchange(
                "POST orgs/acme/repos", """{"name":"pay","description":"","visibility":"internal","has_projects":false}""", 201, Shown));
        yield return RecordedCall.Of(
            (client, token) => client.GenerateRepositoryAsync("acme", "template", "acme", wanted, token), Show, Read, new RecordedExchange(
                "POST repos/acme/template/generate", """{"owner":"acme","name":"pay","description":"","private":true}""", 201, Shown));
        yield return RecordedCall.Of(
            (client, token) => client.UpdateRepositoryAsync(7, settings, token), Show, Read, new RecordedExchange(
                "PATCH repositories/7", """{"homepage":"","visibility":"public","archived":false,"allow_auto_merge":true}""", 200, Shown));
        yield return RecordedCall.Of(
            (client, token) => client.ReplaceTopicsAsync(Pay, ["idp"], token),
            new RecordedExchange("PUT repos/acme/pay/topics", """{"names":["idp"]}""", 200, """{"names":["idp"]}"""));
        yield return RecordedCall.Of(
            (client, token) => client.DeleteRepositoryAsync(7, token), new RecordedExchange("DELETE repositories/7", "", 204, ""));
    }

    private static IEnumerable<RecordedCall> Contents()
    {
        yield return RecordedCall.Of(
            (client, token) => client.FindHeadAsync(Pay, "main", token), found => found!, Sha, new RecordedExchange(
                "GET repos/acme/pay/branches/main", "", 200, $$$"""{"name":"main","protected":true,"commit":{"sha":"{{{Sha}}}"}}"""));
        yield return RecordedCall.Of(
            (client, token) => client.FindGeneratedHeadAsync(Pay, token), found => found!, Sha,
            new RecordedExchange("GET repos/acme/pay/commits/heads%2Fmain", "", 200, Commit));
        yield return RecordedCall.Of(
            (client, token) => client.ReadFileAsync(Pay, "a/b", "main", 10, token), found => found!, "hello", new RecordedExchange(
                "GET repos/acme/pay/contents/a%2Fb?ref=main", "", 200, $$"""{"type":"file","name":"b","path":"a/b","sha":"{{Sha}}","size":5,"encoding":"base64","content":"aGVs\nbG8="}"""));
        yield return RecordedCall.Of(
            (client, token) => client.ReadFileAsync(Pay, "a", null, 10, token), found => found!, "hello",
            new RecordedExchange("GET repos/acme/pay/contents/a", "", 200, $$"""{"type":"file","name":"a","path":"a","sha":"{{Sha}}","size":5,"encoding":"none","content":""}"""),
            new RecordedExchange("GET repos/acme/pay/contents/a", "", 200, "hello"));
    }

    private static string Show(Repository found) => string.Join(
        ' ',
        found.Id, found.FullName, found.Description, found.Homepage, found.Visibility, found.DefaultBranch, found.HtmlUrl, found.CloneUrl,
        found.Archived, string.Join(',', found.Topics), $"{found.CreatedAt:s}", string.Join(' ', Switches.Select(name => found.Switches[name])));
}

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

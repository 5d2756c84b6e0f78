namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>The repository of one application beyond its files, as people on GitHub see and change it.</summary>
internal sealed class WholeRepository(GitHubApi github, TestApp app)
{
    /// <summary>Everything is as platform.yaml says.</summary>
    public async Task ExpectWholeAsync()
    {
        var live = await github.FindAsync(app.Name);
        live.TextAt("homepage").Should().Be($"https://portal.acme.dev/{app.Team}/{app.Name}");
        string[] switches = ["delete_branch_on_merge", "allow_squash_merge", "allow_merge_commit", "allow_rebase_merge", "has_wiki", "has_issues"];
        switches.Where(name => live!.FlagAt(false, name)).Should().Equal("delete_branch_on_merge", "allow_squash_merge", "has_issues");
        live.TextAt("custom_properties", "team").Should().Be(app.Team);
        live.TextAt("custom_properties", "application").Should().Be(app.Name);
        (await PermissionAsync(app.Team)).Should().Be("write");
        (await PermissionAsync("platform")).Should().Be("admin");
        (await VariableAsync("REGISTRY")).Should().Be("ghcr.io/acme");
        (await VariableAsync("TEAM")).Should().Be(app.Team);
        (await AskAsync("vulnerability-alerts")).Status.Should().Be(204);
        (await AskAsync("environments/staging")).Body!["protection_rules"]!.AsArray().Should().BeEmpty();
        var production = (await AskAsync("environments/production")).Body!["protection_rules"]!.AsArray()
            .Single(rule => (string?)rule!["type"] == "required_reviewers")!;
        production["reviewers"]!.AsArray().Select(each => (string?)each!["reviewer"]!["slug"]).Should().Equal(app.Team);
        var ruleset = await RulesetAsync();
        ruleset.TextAt("enforcement").Should().Be("active");
        ruleset.TextsAt("conditions", "ref_name", "include").Should().Equal("~DEFAULT_BRANCH");
        var rules = ruleset.ObjectsAt("rules").ToDictionary(rule => rule.TextAt("type") ?? "");
        rules.Should().ContainKeys("deletion", "non_fast_forward", "pull_request", "required_status_checks");
        rules["pull_request"].NumberAt(0, "parameters", "required_approving_review_count").Should().Be(2);
        rules["required_status_checks"].ObjectsAt("parameters", "required_status_checks").Single().TextAt("context").Should().Be("test");
    }

    /// <summary>Changes every part of it by hand.</summary>
    public async Task DriftAsync()
    {
        await DoAsync(HttpMethod.Patch, $"repos/acme/{app.Name}", """{"homepage": "https://evil.example", "allow_merge_commit": true, "delete_branch_on_merge": false, "has_wiki": true}""");
        await DoAsync(HttpMethod.Patch, $"repos/acme/{app.Name}/properties/values", """{"properties": [{"property_name": "team", "value": null}]}""");
        await DoAsync(HttpMethod.Put, $"orgs/acme/teams/{app.Team}/repos/acme/{app.Name}", """{"permission": "admin"}""");
        await DoAsync(HttpMethod.Delete, $"orgs/acme/teams/platform/repos/acme/{app.Name}");
        await DoAsync(HttpMethod.Delete, $"repos/acme/{app.Name}/environments/staging");
        await DoAsync(HttpMethod.Put, $"repos/acme/{app.Name}/environments/production", """{"wait_timer": 15, "reviewers": [{"type": "User", "id": 7}]}""");
        await DoAsync(HttpMethod.Patch, $"repos/acme/{app.Name}/actions/variables/REGISTRY", """{"value": "evil.example"}""");
        await DoAsync(HttpMethod.Delete, $"repos/acme/{app.Name}/actions/variables/TEAM");
        await DoAsync(HttpMethod.Delete, $"repos/acme/{app.Name}/vulnerability-alerts");
        var ruleset = (await RulesetAsync())!["id"];
        await DoAsync(HttpMethod.Put, $"repos/acme/{app.Name}/rulesets/{ruleset}", """
            {"enforcement": "disabled", "rules": [{"type": "required_signatures"}], "bypass_actors": [{"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}]}
            """);
    }

    /// <summary>Adds what is not the platform's.</summary>
    public async Task AddForeignAsync()
    {
        await github.AskAsync(HttpMethod.Post, "orgs/acme/teams", """{"name": "auditors"}""");
        await DoAsync(HttpMethod.Put, $"orgs/acme/teams/auditors/repos/acme/{app.Name}", """{"permission": "triage"}""");
        await DoAsync(HttpMethod.Put, $"repos/acme/{app.Name}/environments/preview", """{"wait_timer": 3}""");
        await DoAsync(HttpMethod.Post, $"repos/acme/{app.Name}/actions/variables", """{"name": "THEIRS", "value": "stays"}""");
        await DoAsync(HttpMethod.Post, $"repos/acme/{app.Name}/rulesets", """{"name": "theirs", "enforcement": "active"}""");
        await DoAsync(HttpMethod.Patch, $"repos/acme/{app.Name}", """{"has_projects": false}""");
    }

    /// <summary>What others added is still there.</summary>
    public async Task ExpectForeignAsync()
    {
        (await PermissionAsync("auditors")).Should().Be("triage");
        (await AskAsync("environments/preview")).Body!["protection_rules"]![0]!["wait_timer"]!.GetValue<int>().Should().Be(3);
        (await AskAsync("environments/production")).Body!["protection_rules"]!.AsArray()
            .Single(rule => (string?)rule!["type"] == "wait_timer")!["wait_timer"]!.GetValue<int>().Should().Be(15, "only who approves is ours");
        (await VariableAsync("THEIRS")).Should().Be("stays");
        (await AskAsync("rulesets")).Body!.AsArray().Select(each => (string?)each!["name"]).Should().BeEquivalentTo("idp-default-branch", "theirs");
        var ours = await RulesetAsync();
        ours.ObjectsAt("rules").Select(rule => rule.TextAt("type")).Should().Contain("required_signatures", "a rule that others added stays");
        ours.ObjectsAt("bypass_actors").Should().ContainSingle("who may bypass it is others' as well");
        (await github.FindAsync(app.Name)).FlagAt(true, "has_projects").Should().BeFalse();
    }

    /// <summary>Asks for something below the repository.</summary>
    public Task<(int Status, JsonNode? Body)> AskAsync(string path) =>
        github.AskAsync(HttpMethod.Get, $"repos/acme/{app.Name}/{path}");

    /// <summary>Asks for a change, which has to work.</summary>
    public async Task DoAsync(HttpMethod method, string path, string? body = null)
    {
        var (status, answer) = await github.AskAsync(method, path, body);
        status.Should().BeInRange(200, 299, $"{method} {path} said {answer}");
    }

    /// <summary>The role of a team; null for none.</summary>
    public async Task<string?> PermissionAsync(string team)
    {
        var (status, body) = await github.AskAsync(
            HttpMethod.Get, $"orgs/acme/teams/{team}/repos/acme/{app.Name}", accept: "application/vnd.github.v3.repository+json");
        return status == 200 ? (string?)body!["role_name"] : null;
    }

    private async Task<string?> VariableAsync(string name) =>
        (string?)(await AskAsync($"actions/variables/{name}")).Body!["value"];

    /// <summary>The platform's ruleset; null where there is none.</summary>
    public async Task<JsonObject?> RulesetAsync()
    {
        var found = (await AskAsync("rulesets")).Body!.AsArray().SingleOrDefault(each => (string?)each!["name"] == "idp-default-branch");
        return found is null ? null : (await AskAsync($"rulesets/{found["id"]}")).Body!.AsObject();
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Operator.Repositories;
using Idp.Sandbox.GitHub;

namespace Idp.Operator.Tests.Repositories.Limits;

/// <summary>A golden path that is a template repository, from the manifest to the reported status, on a simulated clock.</summary>
public sealed class TemplateRepositoryTest : IAsyncLifetime
{
    private LimitedWorld _world = null!;

    public async Task InitializeAsync() => _world = await LimitedWorld.StartAsync(limits: null, template: "acme/template");

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task FilesThatComeLate_AreAskedForLessAndLess_AndThenMarked()
    {
        await MakeTemplateAsync();
        _world.Server.DelayTemplates(new TemplateDelay(0, TimeSpan.FromSeconds(100)));
        var (app, outcome) = await _world.ReconcileAsync(_world.NewApp("team-a", "late"));
        (app.Status.Repository!.Id > 0, outcome.IsThere).Should().Be((true, false));
        var visits = 1;

        for (; outcome.Problem is { } problem && visits < 20; visits++)
        {
            (problem.Reason, problem.IsTerminal).Should().Be((Reasons.Progressing, false));
            problem.Message.Should().Contain("acme/late").And.Contain("acme/template");
            _world.Clock.Advance(problem.RetryAfter!.Value);
            (app, outcome) = await _world.ReconcileAsync(app);
        }

        visits.Should().BeInRange(5, 10, "a worker neither waits for it nor asks all the time");
        await ExpectWholeAsync("late");
        app.Status.Conditions.Single(each => each.Type == Conditions.TemplateCurrent).Message.Should().Contain("from-template 2.1.0");
    }

    [Fact]
    public async Task FilesThatNeverCome_AreSaidToPeople_AndTakenWhenTheyDo()
    {
        await MakeTemplateAsync();
        _world.Server.DelayTemplates(new TemplateDelay(0, TimeSpan.FromHours(1)));
        var (app, _) = await _world.ReconcileAsync(_world.NewApp("team-a", "never"));
        _world.Clock.Advance(TimeSpan.FromMinutes(16));

        (app, var outcome) = await _world.ReconcileAsync(app);

        outcome.Problem!.IsTerminal.Should().BeTrue();
        outcome.Problem.Message.Should().Contain("branch main of the template").And.Contain("delete this BackendApp");
        _world.Clock.Advance(TimeSpan.FromHours(1));
        (_, outcome) = await _world.ReconcileAsync(app);
        outcome.Problem.Should().BeNull();
        await ExpectWholeAsync("never");
    }

    [Fact]
    public async Task DeathAtAnyRequest_EndsInOneRepositoryWithTwoCommits()
    {
        await MakeTemplateAsync();
        _world.Server.DelayTemplates(new TemplateDelay(3, TimeSpan.Zero));
        var struck = 0;
        for (; struck < 40; struck++)
        {
            var name = $"killed-{struck}";
            var app = _world.NewApp("team-a", name);
            _world.Server.Add(new GitHubFault { Kind = GitHubFaultKind.DropAfter, Skip = struck });
            var generated = Generated();

            // Who dies writes no status: the manifest is all that the next process knows.
            RepositoryOutcome? outcome = null;
            for (var visit = 0; visit < 12 && outcome is not { Problem: null, IsThere: true }; visit++)
            {
                (_, outcome) = await _world.ReconcileAsync(app);
                _world.Clock.Advance(TimeSpan.FromSeconds(10));
            }

            var isOver = _world.Server.FaultsToCome > 0;
            _world.Server.ClearFaults();
            outcome!.Problem.Should().BeNull();
            (Generated() - generated).Should().Be(1, $"request {struck} being lost doubles nothing");
            await ExpectWholeAsync(name);
            if (isOver)
            {
                break;
            }
        }

        struck.Should().BeInRange(8, 39, "every request was lost once");
    }

    [Fact]
    public async Task ATemplateThatWasMadeHereItself_DoesNotHandOnItsOwner()
    {
        await MakeTemplateAsync();
        var theirs = new RepositoryMarker { Owner = "team-b/other", OwnerUid = Guid.NewGuid().ToString() };
        await WriteAsync(RepositoryMarker.Path, theirs.ToFile());
        var app = _world.NewApp("team-a", "heir");
        _world.Server.Add(new GitHubFault { Kind = GitHubFaultKind.DropAfter, Path = "/generate$" });
        await _world.ReconcileAsync(app);

        var (_, outcome) = await _world.ReconcileAsync(app);

        outcome.Problem.Should().BeNull();
        await ExpectWholeAsync("heir");
    }

    [Fact]
    public async Task ATemplateThatIsNone_IsForThePlatformTeam()
    {
        await _world.AskAsync("POST", "orgs/acme/repos", """{"name": "template", "auto_init": true}""");

        var (app, outcome) = await _world.ReconcileAsync(_world.NewApp("team-a", "orphan"));

        (outcome.Problem!.Reason, outcome.Problem.IsTerminal).Should().Be((Reasons.TemplateMissing, true));
        outcome.Problem.Message.Should().Contain("acme/template").And.Contain("Template repository");
        app.Status.Repository.Should().BeNull();
    }

    private int Generated() => _world.Server.Requests.ByOperation().GetValueOrDefault("generate_repository");

    private async Task MakeTemplateAsync()
    {
        await _world.AskAsync("POST", "orgs/acme/repos", """{"name": "template", "auto_init": true}""");
        await WriteAsync("app.py", "print()\n");
        await _world.AskAsync("PATCH", "repos/acme/template", """{"is_template": true}""");
    }

    private Task<JsonObject> WriteAsync(string path, string text) => _world.AskAsync(
        "PUT", $"repos/acme/template/contents/{path}", $$"""{"message": "m", "content": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}"}""");

    private async Task ExpectWholeAsync(string name)
    {
        var head = await _world.AskAsync("GET", $"repos/acme/{name}/commits/heads%2Fmain");
        head["commit"]!["message"]!.ToString().Should().StartWith("Begin with the golden path from-template 2.1.0");
        head["files"]!.AsArray().Select(file => file!["filename"]!.ToString()).Should().Equal(RepositoryMarker.Path);
        var first = await _world.AskAsync("GET", $"repos/acme/{name}/git/commits/{head["parents"]![0]!["sha"]}");
        first["message"]!.ToString().Should().Be("Initial commit");
        first["parents"]!.AsArray().Should().BeEmpty();
        var tree = await _world.AskAsync("GET", $"repos/acme/{name}/git/trees/{first["tree"]!["sha"]}?recursive=1");
        tree["tree"]!.AsArray().Select(file => file!["path"]!.ToString()).Should().Contain(["README.md", "app.py"]);
        var file = await _world.AskAsync("GET", $"repos/acme/{name}/contents/{RepositoryMarker.Path}");
        var marker = RepositoryMarker.Read(Encoding.UTF8.GetString(Convert.FromBase64String(file["content"]!.ToString().ReplaceLineEndings(""))));
        (marker!.Owner, marker.Template, marker.Version).Should().Be(($"team-a/{name}", "from-template", "2.1.0"));
        var shown = await _world.AskAsync("GET", $"repos/acme/{name}");
        shown["description"]!.ToString().Should().NotStartWith("Being set up");
        shown["template_repository"]!["full_name"]!.ToString().Should().Be("acme/template");
    }
}

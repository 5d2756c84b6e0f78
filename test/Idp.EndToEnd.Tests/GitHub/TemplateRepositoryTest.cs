using Idp.Entities;
using Idp.Sandbox.GitHub;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>
/// Repositories that GitHub makes from a template repository: it fills them late, its answer gets lost, the template is missing. In the end
/// there is one repository, with the template's files as they are and the marker on top.
/// </summary>
[Collection(TemplateWorld.Name)]
public sealed class TemplateRepositoryTest(TemplatePlatform platform)
{
    private const string NameIsTaken = """
        {"message": "Repository creation failed.",
         "errors": [{"resource": "Repository", "code": "custom", "field": "name", "message": "name already exists on this account"}]}
        """;

    [Fact]
    public async Task FilesThatComeLate_AreWaitedFor_AndMarkedOnTop()
    {
        var (app, made) = await BeginAsync("slow");
        platform.Sandbox.GitHub.DelayTemplates(new TemplateDelay(8, TimeSpan.Zero));
        try
        {
            await app.ApplyAsync(Spec(app));

            var waiting = await app.UntilAsync(
                "told that GitHub has not filled it",
                item => item.Condition(Conditions.RepositoryReady).TextAt("message")?.Contains("has not filled it yet", StringComparison.Ordinal) == true);
            waiting.Is(Conditions.Stalled).Should().BeFalse();
            await ExpectOneAsync(app, made);
        }
        finally
        {
            platform.Sandbox.GitHub.DelayTemplates(TemplateDelay.None);
        }

        var condition = (await app.GetAsync()).Condition(Conditions.TemplateCurrent);
        condition.TextAt("status").Should().Be("True");
        condition.TextAt("message").Should().Contain("slow 1.0.0");
        await app.ReconcileAsync();
        (await platform.GitHub.CommitsAsync(app.Name)).Should().HaveCount(2, "what is marked is not marked again");
    }

    [Theory]
    [InlineData("lost", GitHubFaultKind.DropAfter)]
    [InlineData("garbled", GitHubFaultKind.AnswerAfter)]
    public async Task AnswerThatIsLost_LeavesOneRepository(string name, GitHubFaultKind kind)
    {
        var (app, made) = await BeginAsync(name);
        Strike(new GitHubFault { Method = "POST", Path = "/generate$", Kind = kind, Status = 502 });

        await app.ApplyAsync(Spec(app));

        await ExpectOneAsync(app, made);
    }

    [Theory]
    [InlineData("twice", null)]
    [InlineData("twice-too", NameIsTaken)]
    public async Task ARepeatThatFindsTheNameTaken_EndsInTheSameRepository(string name, string? otherShape)
    {
        var (app, made) = await BeginAsync(name);
        Strike(new GitHubFault { Method = "GET", Path = $"^/repos/acme/{name}$", Skip = 1, Status = 404 });
        Strike(new GitHubFault { Method = "POST", Path = "/generate$", Kind = GitHubFaultKind.AnswerAfter, Status = 502 });
        if (otherShape is not null)
        {
            Strike(new GitHubFault { Method = "POST", Path = "/generate$", Status = 422, Body = JsonNode.Parse(otherShape) });
        }

        await app.ApplyAsync(Spec(app));

        await ExpectOneAsync(app, made);
        (await File.ReadAllLinesAsync(Path.Combine(platform.Sandbox.Directory, "github", "requests.log")))
            .Count(line => line.Contains($"{name}-template/generate", StringComparison.Ordinal)).Should().Be(2, "GitHub refused the second");
    }

    [Fact]
    public async Task ATemplateThatIsNotThere_IsSaid_AndUsedOnceItIs()
    {
        var app = await platform.NewAppAsync("absent");
        await app.ApplyAsync(Spec(app));

        (await app.UntilStalledAsync(Reasons.TemplateMissing)).Should().Contain("acme/absent-template").And.Contain("Template repository");

        (await platform.GitHub.ExistsAsync("absent")).Should().BeFalse();
        await platform.MakeTemplateAsync("absent");
        var made = platform.GitHub.Count();
        await app.ReconcileAsync();
        await ExpectOneAsync(app, made);
    }

    private static string Spec(TestApp app) => $"template: {{name: {app.Name}}}\nenvironments: [{{name: staging}}]";

    private void Strike(GitHubFault fault) => platform.Sandbox.GitHub.Add(fault);

    private async Task<(TestApp App, int Repositories)> BeginAsync(string name) =>
        (await platform.NewTemplateAppAsync(name), platform.GitHub.Count());

    private async Task ExpectOneAsync(TestApp app, int before)
    {
        await app.UntilReadyAsync();
        platform.Sandbox.GitHub.FaultsToCome.Should().Be(0, "everything that was to happen has happened");
        platform.GitHub.Count().Should().Be(before + 1);
        var folder = await platform.GitHub.CloneAsync(app.Name);
        (await GitHubApi.GitAsync(folder, "log", "--format=%s")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should().Equal($"Begin with the golden path {app.Name} 1.0.0", "Initial commit");
        (await GitHubApi.GitAsync(folder, "show", "--name-only", "--format=", "HEAD")).Trim().Should().Be(".idp/repository.json");
        (await File.ReadAllTextAsync(Path.Combine(folder, "page.html"))).Should().Be("{{ stays as it is }}\n");
        (await platform.GitHub.FindAsync(app.Name)).TextAt("description").Should().NotStartWith("Being set up");
    }
}

using System.Reflection;
using System.Text.Json.Nodes;
using Idp.GitHub;
using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>Compares client and contract server with the description of its API that GitHub publishes.</summary>
public sealed class ContractTest(ContractFixture fixture) : IClassFixture<ContractFixture>
{
    private static string[] Constants { get; } =
    [
        .. from name in (string[])["Operations", "AdministrationOperations", "PullRequestOperations"]
           from field in typeof(GitHubClient).Assembly.GetType($"Idp.GitHub.{name}", throwOnError: true)!
               .GetFields(BindingFlags.Static | BindingFlags.Public)
           where field.IsLiteral
           select (string)field.GetRawConstantValue()!,
    ];

    [FactWith(Needs.GitHubContract)]
    public void NoRequestAndNoAnswerBreaksGitHubsDescription() => Waivers.Broken(fixture.OfCalls).Should().BeEmpty();

    [FactWith(Needs.GitHubContract)]
    public void EveryOperationOfTheClientWasCompared()
    {
        Constants.Should().HaveCountGreaterThan(10);
        Constants.Except(fixture.Operations).Should().BeEmpty("each has to be called in ContractCalls.cs");
    }

    [FactWith(Needs.GitHubContract)]
    public void AnswersToWrongRequestsKeepToTheDescriptionToo() => Waivers.Broken(fixture.OfStatuses)
        .Where(line => !line.Contains(" request.", StringComparison.Ordinal)).Should().BeEmpty();

    [FactWith(Needs.GitHubContract)]
    public void EveryWaiverIsNeeded() => Waivers.All.Except(Waivers.Used([.. fixture.OfCalls, .. fixture.OfStatuses])).Should().BeEmpty();

    [TheoryWith(Needs.GitHubContract)]
    [InlineData("""{"names":"idp"}""", 200, "Error response.body.names: Response body property names must be array")]
    [InlineData("""{"names":[1]}""", 200, "Error response.body.names.0: Response body property names.0 must be string")]
    [InlineData("{}", 200, "Error response.body: Response body must have required property 'names'")]
    [InlineData("""{"names":[]}""", 418, "Warning response: Unable to match the returned status code")]
    public async Task WrongAnswerIsNoticed(string body, int status, string what)
    {
        fixture.Session.Server.Add(new GitHubFault { Path = "^/repos/acme/wrong-answer/topics$", Status = status, Body = JsonNode.Parse(body) });

        var exchanges = await fixture.Session.RunAsync(new ContractCall(
            "wrong-answer", session => session.AskAsync("GET", "repos/acme/wrong-answer/topics", null)));

        Waivers.Broken(exchanges).Should().Contain(line => line.Contains(what, StringComparison.Ordinal));
    }

    [TheoryWith(Needs.GitHubContract)]
    [InlineData("POST", "orgs/acme/repos", """{"name":"wrong","private":"yes"}""", "request.body.private")]
    [InlineData("POST", "orgs/acme/repos", """{"description":"without a name"}""", "request.body")]
    [InlineData("PATCH", "repos/acme/wrong", """{"visibility":"secret"}""", "request.body.visibility")]
    [InlineData("GET", "repos/acme/wrong/no-such-thing", null, "Selected route not found")]
    [InlineData("GET", "repos/acme/wrong/git/ref/heads/main", null, "Selected route not found")]
    public async Task WrongRequestIsNoticed(string method, string path, string? body, string where)
    {
        var exchanges = await fixture.Session.RunAsync(new ContractCall(
            "wrong-request", session => session.AskAsync(method, path, body)));

        Waivers.Broken(exchanges).Should().Contain(line => line.Contains(where, StringComparison.Ordinal));
    }
}

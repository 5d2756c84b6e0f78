using System.Reflection;

namespace Idp.GitHub.Tests;

/// <summary>What a build that is compiled ahead of time asks itself.</summary>
public sealed class SelfCheckTest
{
    /// <summary>Bodies of our own, which need no reflection.</summary>
    private static readonly string[] Own =
    [
        AdministrationOperations.ListEnvironments, AdministrationOperations.PutEnvironment,
        AdministrationOperations.ListVariables, AdministrationOperations.CreateVariable, AdministrationOperations.UpdateVariable,
        AdministrationOperations.PutAlerts, AdministrationOperations.DeleteAlerts,
        AdministrationOperations.ListRulesets, AdministrationOperations.GetRuleset, AdministrationOperations.CreateRuleset, AdministrationOperations.UpdateRuleset,
    ];

    [Fact]
    public async Task EveryCallWithAModelOfOctokitsIsMade_AndRight()
    {
        var found = await GitHubSelfCheck.RunAsync(CancellationToken.None);

        found.Where(each => each.Problem is not null).Should().BeEmpty();
        found.Select(each => each.Call).Distinct().Should().BeEquivalentTo(OperationsOf(typeof(Operations), typeof(AdministrationOperations), typeof(PullRequestOperations)).Except(Own));
    }

    [Theory]
    [InlineData("GET repositories/8", "", "read", "GET repositories/7")]
    [InlineData("GET repositories/7", "{}", "read", "GET repositories/7")]
    [InlineData("GET repositories/7", "", "something else", "instead of")]
    public async Task WhatIsNotAsRecordedIsAProblem(string request, string body, string expected, string problem)
    {
        var call = RecordedCall.Of(
            (client, token) => client.FindRepositoryAsync(7, token),
            found => "read",
            expected,
            new RecordedExchange(request, body, 200, """{"id":7,"name":"x","owner":{"login":"acme"}}"""));

        (await GitHubSelfCheck.RunAsync([call], CancellationToken.None)).Should().ContainSingle().Which.Problem.Should().Contain(problem);
    }

    private static IEnumerable<string> OperationsOf(params Type[] lists) =>
        from list in lists
        from field in list.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.IsLiteral
        select (string)field.GetRawConstantValue()!;
}

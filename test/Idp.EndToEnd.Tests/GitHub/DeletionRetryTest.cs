using Idp.Entities;
using Idp.Sandbox.GitHub;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>Each policy of deletion, with each of its requests failing once: it is done in the end, to this repository and to no other.</summary>
[Collection(SharedWorld.OfGitHub)]
public sealed class DeletionRetryTest(Platform platform)
{
    [Theory]
    [InlineData("Archive", "GET", GitHubFaultKind.Answer)]
    [InlineData("Archive", "GET", GitHubFaultKind.DropBefore)]
    [InlineData("Archive", "PATCH", GitHubFaultKind.Answer)]
    [InlineData("Archive", "PATCH", GitHubFaultKind.AnswerAfter)]
    [InlineData("Archive", "PATCH", GitHubFaultKind.DropBefore)]
    [InlineData("Archive", "PATCH", GitHubFaultKind.DropAfter)]
    [InlineData("Delete", "GET", GitHubFaultKind.Answer)]
    [InlineData("Delete", "GET", GitHubFaultKind.DropBefore)]
    [InlineData("Delete", "DELETE", GitHubFaultKind.Answer)]
    [InlineData("Delete", "DELETE", GitHubFaultKind.AnswerAfter)]
    [InlineData("Delete", "DELETE", GitHubFaultKind.DropBefore)]
    [InlineData("Delete", "DELETE", GitHubFaultKind.DropAfter)]
    public async Task WhatFailsIsDoneAgain(string policy, string method, GitHubFaultKind kind)
    {
        var (app, id) = await NewAsync($"{policy}-{method}-{kind}".ToLowerInvariant(), policy);
        platform.Sandbox.GitHub.Add(new GitHubFault { Method = method, Path = $"^/repositories/{id}$", Kind = kind, Status = 503 });
        var others = platform.GitHub.Count() - 1;

        await app.DeleteAsync();

        platform.Sandbox.GitHub.FaultsToCome.Should().Be(0, "one request failed");
        var left = await platform.GitHub.FindAsync(app.Name);
        left.FlagAt(false, "archived").Should().Be(policy == "Archive");
        platform.GitHub.Count().Should().Be(policy == "Delete" ? others : others + 1);
        (await app.ChildrenAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task RetainNeedsNoGitHub()
    {
        var (app, id) = await NewAsync("retain-alone", "Retain");
        platform.Sandbox.GitHub.Add(new GitHubFault { Path = $"^/repositories/{id}", Status = 503, Times = 1000 });
        try
        {
            await app.DeleteAsync();
        }
        finally
        {
            platform.Sandbox.GitHub.ClearFaults();
        }

        (await platform.GitHub.FindAsync(app.Name)).FlagAt(true, "archived").Should().BeFalse("it is there, and as it was");
        (await app.ChildrenAsync()).Should().BeEmpty();
    }

    private async Task<(TestApp App, long Id)> NewAsync(string name, string policy)
    {
        var app = await platform.NewAppAsync(name);
        await app.ApplyAsync($"{{repository: {{deletionPolicy: {policy}}}, environments: [{{name: staging}}]}}");
        var made = await app.UntilAsync("made on GitHub", item => item.Condition(Conditions.RepositoryReady).TextAt("status") == "True");
        return (app, made.At("status", "repository", "id")!.GetValue<long>());
    }
}

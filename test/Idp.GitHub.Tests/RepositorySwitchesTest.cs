using System.Text.Json;

namespace Idp.GitHub.Tests;

public sealed class RepositorySwitchesTest
{
    [Fact]
    public void WhatGitHubAddsOneDay_IsNoReasonToRefuseItsAnswer()
    {
        using var answer = JsonDocument.Parse("""{"id": 7, "has_wiki": true, "has_issues": null, "allow_forking": "organization", "has_pages": {"a": 1}}""");

        RepositorySwitches.Read(answer.RootElement).Should().Equal(new RepositorySwitches { ["has_wiki"] = true });
    }
}

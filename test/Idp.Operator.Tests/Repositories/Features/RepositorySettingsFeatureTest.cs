using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Repositories;
using Idp.Operator.Repositories.Features;
using Idp.Operator.Tests.BackendApps;

namespace Idp.Operator.Tests.Repositories.Features;

public sealed class RepositorySettingsFeatureTest
{
    private static readonly RepositorySettings Wanted = new() { Switches = new RepositorySwitches { ["allow_auto_merge"] = true, ["has_wiki"] = false } };

    [Fact]
    public void WhatGitHubTakesWithoutAnErrorAndIgnores_IsARefusal()
    {
        var answer = Apps.Repository() with { Switches = new RepositorySwitches { ["allow_auto_merge"] = false, ["has_wiki"] = false } };

        var state = RepositorySettingsFeature.Taken(new RepositoryOutcome { Repository = Apps.Repository() }, Wanted, answer);

        state.Repository.Should().BeSameAs(answer);
        var refusal = state.Refusals.Should().ContainSingle().Subject;
        refusal.Feature.Should().Be("settings");
        refusal.Reason.Should().Be(Reasons.GitHubRefused);
        refusal.Message.Should().Contain("allow_auto_merge").And.NotContain("has_wiki");
        refusal.IsPassing.Should().BeFalse("it will be ignored the next time as well");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public void WhatIsTaken_OrNotShown_IsNone(bool? autoMerge)
    {
        var answer = Apps.Repository() with { Switches = new RepositorySwitches { ["allow_auto_merge"] = autoMerge, ["has_wiki"] = false } };

        RepositorySettingsFeature.Taken(new RepositoryOutcome(), Wanted, answer).Refusals.Should().BeEmpty();
    }
}

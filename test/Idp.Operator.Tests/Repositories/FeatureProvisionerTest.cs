using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Repositories;
using Idp.Operator.Tests.BackendApps;

namespace Idp.Operator.Tests.Repositories;

public sealed class FeatureProvisionerTest
{
    private static readonly RepositorySettings Wanted = new() { AllowAutoMerge = true, HasWiki = false };

    [Fact]
    public void WhatGitHubTakesWithoutAnErrorAndIgnores_IsARefusal()
    {
        var answer = Apps.Repository() with { AllowAutoMerge = false, HasWiki = false };

        var state = FeatureProvisioner.Taken(new RepositoryOutcome { Repository = Apps.Repository() }, Wanted, answer);

        state.Repository.Should().BeSameAs(answer);
        var refusal = state.Refusals.Should().ContainSingle().Subject;
        refusal.Feature.Should().Be(RepositoryFeature.Settings);
        refusal.Reason.Should().Be(Reasons.GitHubRefused);
        refusal.Message.Should().Contain("allow_auto_merge").And.NotContain("has_wiki");
        refusal.IsPassing.Should().BeFalse("it will be ignored the next time as well");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public void WhatIsTaken_OrNotShown_IsNone(bool? autoMerge)
    {
        var answer = Apps.Repository() with { AllowAutoMerge = autoMerge, HasWiki = false };

        FeatureProvisioner.Taken(new RepositoryOutcome(), Wanted, answer).Refusals.Should().BeEmpty();
    }
}

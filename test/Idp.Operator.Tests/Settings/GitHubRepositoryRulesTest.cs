using Idp.Operator.Settings;

namespace Idp.Operator.Tests.Settings;

public sealed class GitHubRepositoryRulesTest
{
    [Theory]
    [InlineData("merge: {squash: false}", "github.repository.merge: must leave one way to merge")]
    [InlineData("homepage: ftp://acme.dev", "github.repository.homepage: must be an https address")]
    [InlineData("homepage: https://acme.dev/{environment}", "github.repository.homepage: {environment} is not known")]
    [InlineData("teams: [{team: Not A Slug, permission: Push}]", "github.repository.teams[0].team: must be the slug of a team")]
    [InlineData("teams: [{team: a, permission: push}]", "github.repository.teams[0].permission: must be one of Pull, Triage, Push, Maintain, Admin")]
    [InlineData("variables: {lower: x}", "github.repository.variables.lower: must be the name of a variable, in upper case")]
    [InlineData("variables: {GITHUB_X: x}", "github.repository.variables.GITHUB_X: names that begin with GITHUB_ are GitHub's")]
    [InlineData("customProperties: {a b: x}", "github.repository.customProperties['a b']: must be the name of a custom property")]
    [InlineData("environments: {reviewers: {Production: [a, b, c, d, e, f, g]}}", "github.repository.environments.reviewers.Production: must hold six teams at most")]
    [InlineData("environments: {reviewers: {Production: ['{application}']}}", "github.repository.environments.reviewers.Production[0]: {application} is not known")]
    [InlineData("ruleset: {requiredApprovals: 11}", "github.repository.ruleset.requiredApprovals: must be from 0 to 10")]
    [InlineData("ruleset: {name: ''}", "github.repository.ruleset.name: must be a name")]
    [InlineData("rulesets: {}", "github.repository.rulesets: there is no such key")]
    public void WhatCannotWork_IsRefusedWithItsPlace(string repository, string error) =>
        PlatformSettingsLoader.Parse($"github:\n  owner: acme\n  repository:\n    {repository}\ningress: {{domain: apps.acme.dev}}\n", "platform.yaml")
            .Errors.Select(each => each.ToString()).Should().ContainSingle().Which.Should().Contain(error);

    [Fact]
    public void Null_LeavesASettingToPeople_InsteadOfTheDefault()
    {
        var repository = Load("deleteBranchOnMerge: null\n    merge: {squash: null, rebase: true}\n    ruleset: {requiredApprovals: null}");

        repository.DeleteBranchOnMerge.Should().BeNull();
        repository.Merge.Should().Be(new MergeSettings { Squash = null, Merge = false, Rebase = true });
        repository.Ruleset!.RequiredApprovals.Should().BeNull();
        repository.Ruleset.Name.Should().Be("idp-default-branch");
    }

    [Fact]
    public void AnEmptyMapping_TurnsAFeatureOnWithItsDefaults()
    {
        var repository = Load("environments: {}\n    ruleset: {}");

        repository.Environments!.Reviewers.Production.Should().BeEmpty();
        repository.Ruleset.Should().BeEquivalentTo(new RulesetSettings());
        Load("hasWiki: false").Environments.Should().BeNull();
    }

    private static GitHubRepositorySettings Load(string repository) => PlatformSettingsLoaderTest
        .Load($"github:\n  owner: acme\n  repository:\n    {repository}\ningress: {{domain: apps.acme.dev}}\n").GitHub.Repository;
}

using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Repositories;
using RepositoryVisibility = Idp.GitHub.RepositoryVisibility;

namespace Idp.Operator.Tests.Repositories;

/// <summary>What is to be done where the files come from a template repository.</summary>
public sealed class TemplatePlanTest
{
    private const string Us = "11111111-1111-1111-1111-111111111111";

    private static readonly DesiredRepository Wanted = new()
    {
        Owner = "acme",
        Name = "payment-service",
        Description = "Takes card payments.",
        Visibility = RepositoryVisibility.Private,
        BelongsTo = new RepositoryOwner(Us, "team-payments/payment-service"),
        Template = new TemplateRepository("acme", "service-template"),
    };

    [Fact]
    public void NoRepository_IsMadeFromTheTemplate()
    {
        var plan = RepositoryPlan.For(Wanted, ObservedRepository.None);

        plan.LaysGoldenPath.Should().BeTrue();
        plan.Steps.Select(step => step.Summary).Should().Equal(
            "make acme/payment-service from the template repository acme/service-template",
            "commit .idp/repository.json on top of the files of acme/service-template",
            "set the description");
    }

    [Fact]
    public void WhatGitHubCannotMakeInternal_IsMadeSoAfterwards()
    {
        var plan = RepositoryPlan.For(Wanted with { Visibility = RepositoryVisibility.Internal }, ObservedRepository.None);

        var update = plan.Steps[2].Should().BeOfType<RepositoryStep.Update>().Subject;
        update.Settings.Should().Be(new RepositorySettings { Description = "Takes card payments.", Visibility = RepositoryVisibility.Internal });
        update.Summary.Should().Be("set the description and the visibility to Internal");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("c0ffee")]
    public void MadeByAProcessThatDied_IsOnlyMarked(string? head)
    {
        var plan = RepositoryPlan.For(Wanted, new ObservedRepository { Repository = Live("Being set up."), IsProven = true, Head = head });

        plan.Problem.Should().BeNull();
        plan.Steps.Select(step => step.GetType()).Should().Equal(typeof(RepositoryStep.Mark), typeof(RepositoryStep.Update));
    }

    [Fact]
    public void OnceMarked_NothingIsLaidAgain()
    {
        var marker = new RepositoryMarker { Owner = Wanted.BelongsTo.Name, OwnerUid = Us, Template = "service", Version = "1.0.0" };
        var seen = new ObservedRepository { Repository = Live("Takes card payments."), Marker = marker, IsProven = true, Head = "c0ffee", IsLaid = true };

        var plan = RepositoryPlan.For(Wanted, seen);

        (plan.Steps.Count, plan.LaysGoldenPath).Should().Be((0, false));
    }

    [Fact]
    public void AnEmptyRepositoryThatMayBeAdopted_IsRefused_BecauseGitHubFillsOnlyNewOnes()
    {
        var plan = RepositoryPlan.For(Wanted with { AdoptIfUnowned = true }, new ObservedRepository { Repository = Live("Theirs.") });

        plan.Steps.Should().BeEmpty();
        plan.Problem!.Reason.Should().Be(Reasons.RepositoryConflict);
        plan.Problem.Message.Should().Contain("acme/service-template").And.Contain("push a first commit");
    }

    [Fact]
    public void ARepositoryWithFiles_IsAdoptedAsItIs()
    {
        var plan = RepositoryPlan.For(
            Wanted with { AdoptIfUnowned = true }, new ObservedRepository { Repository = Live("Takes card payments."), Head = "c0ffee" });

        plan.Steps.Select(step => step.GetType()).Should().Equal(typeof(RepositoryStep.Claim), typeof(RepositoryStep.Adopt));
    }

    [Theory]
    [InlineData("acme/service", "acme/service")]
    [InlineData("acme", null)]
    [InlineData("acme/", null)]
    [InlineData("a/b/c", null)]
    [InlineData(null, null)]
    public void ATemplateIsNamedByOwnerAndName(string? text, string? read) => TemplateRepository.Read(text)?.ToString().Should().Be(read);

    private static Repository Live(string description) => new()
    {
        Id = 7,
        Owner = "acme",
        Name = "payment-service",
        Description = description,
        Visibility = RepositoryVisibility.Private,
        DefaultBranch = "main",
        HtmlUrl = "https://github.com/acme/payment-service",
        CloneUrl = "https://github.com/acme/payment-service.git",
    };
}

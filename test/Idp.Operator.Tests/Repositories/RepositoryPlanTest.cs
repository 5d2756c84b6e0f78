using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;
using RepositoryVisibility = Idp.GitHub.RepositoryVisibility;

namespace Idp.Operator.Tests.Repositories;

public sealed class RepositoryPlanTest
{
    private const string Us = "11111111-1111-1111-1111-111111111111";

    private static readonly DesiredRepository Wanted = new()
    {
        Owner = "acme",
        Name = "payment-service",
        Description = "Takes card payments.",
        Visibility = RepositoryVisibility.Private,
        BelongsTo = new RepositoryOwner(Us, "team-payments/payment-service"),
    };

    [Fact]
    public void NoRepository_IsCreated_BeforeAnythingElse()
    {
        var plan = RepositoryPlan.For(Wanted, ObservedRepository.None);

        plan.Problem.Should().BeNull();
        plan.Steps.Select(step => step.Summary).Should().Equal("create acme/payment-service", "commit the golden path", "set the description");
    }

    [Fact]
    public void RepositoryAsWanted_NeedsNothing()
    {
        var plan = RepositoryPlan.For(Known, Seen(Live()));

        plan.Steps.Should().BeEmpty();
        plan.Problem.Should().BeNull();
    }

    [Fact]
    public void CreatedByAProcessThatDied_IsRecognisedByItsDescriptionAndFinished()
    {
        var live = Live() with { Description = "Being set up." };

        var plan = RepositoryPlan.For(Wanted, new ObservedRepository { Repository = live, IsProven = true });

        plan.Problem.Should().BeNull();
        plan.Steps.Select(step => step.GetType()).Should().Equal(typeof(RepositoryStep.Scaffold), typeof(RepositoryStep.Update));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RepositoryOfALivingBackendApp_IsNeverTouched(bool mayAdopt)
    {
        var plan = RepositoryPlan.For(
            Wanted with { AdoptIfUnowned = mayAdopt },
            new ObservedRepository { Repository = Live(), ProvenOf = "team-a/payment-service", Head = "c0ffee" });

        plan.Steps.Should().BeEmpty();
        plan.Problem!.Reason.Should().Be(Reasons.RepositoryConflict);
        plan.Problem.IsTerminal.Should().BeTrue();
        plan.Problem.Message.Should().Contain("team-a/payment-service");
    }

    [Fact]
    public void ForeignRepository_IsRefused_UnlessItMayBeAdopted()
    {
        var seen = new ObservedRepository { Repository = Live(), Head = "c0ffee" };

        RepositoryPlan.For(Wanted, seen).Problem!.Message.Should().Contain("spec.repository.adoption");

        var plan = RepositoryPlan.For(Wanted with { AdoptIfUnowned = true }, seen);
        plan.Problem.Should().BeNull();
        plan.Steps.Select(step => step.GetType()).Should().Equal(typeof(RepositoryStep.Claim), typeof(RepositoryStep.Adopt));
    }

    [Fact]
    public void EmptyRepositoryThatMayBeAdopted_GetsTheGoldenPath()
    {
        var plan = RepositoryPlan.For(Wanted with { AdoptIfUnowned = true }, new ObservedRepository { Repository = Live() });

        plan.Steps.Select(step => step.GetType()).Should().Equal(typeof(RepositoryStep.Claim), typeof(RepositoryStep.Scaffold));
    }

    [Fact]
    public void NameThatLeadsToAnotherRepository_IsNotAdopted()
    {
        var moved = Live() with { Name = "billing" };

        var plan = RepositoryPlan.For(Wanted with { AdoptIfUnowned = true }, new ObservedRepository { Repository = moved, Head = "c0ffee" });

        plan.Problem!.Message.Should().Contain("old name of acme/billing");
    }

    [Fact]
    public void KnownRepositoryThatIsGone_IsNotMadeAnew()
    {
        var plan = RepositoryPlan.For(Known, ObservedRepository.None);

        plan.Steps.Should().BeEmpty();
        plan.Problem!.Reason.Should().Be(Reasons.RepositoryMissing);
    }

    [Fact]
    public void ArchivedRepository_IsLeftAlone_AndSaysSo()
    {
        var plan = RepositoryPlan.For(Known, Seen(Live() with { Archived = true, Description = "changed" }));

        plan.Steps.Should().BeEmpty();
        plan.Problem!.Reason.Should().Be(Reasons.RepositoryArchived);
    }

    [Fact]
    public void RenamedRepository_IsFollowedByItsId()
    {
        var plan = RepositoryPlan.For(Known, Seen(Live() with { Name = "payments" }));

        plan.Problem.Should().BeNull();
        plan.Steps.Should().BeEmpty();
    }

    [Fact]
    public void DriftInWhatWeOwn_IsSetBack_AndNothingElse()
    {
        var drifted = Live() with { Description = "edited", Visibility = RepositoryVisibility.Public, Homepage = "https://acme.dev", Topics = ["theirs"] };

        var step = RepositoryPlan.For(Known, Seen(drifted)).Steps.Should().ContainSingle().Subject;

        step.Should().BeOfType<RepositoryStep.Update>().Which.Settings.Should().Be(
            new RepositorySettings { Description = "Takes card payments.", Visibility = RepositoryVisibility.Private });
    }

    [Fact]
    public void Topics_AreAllOurs_OnceTheManifestNamesAny()
    {
        var wanted = Known with { Topics = ["payments", "python"] };

        RepositoryPlan.For(wanted, Seen(Live() with { Topics = ["python", "payments"] })).Steps.Should().BeEmpty();
        RepositoryPlan.For(wanted, Seen(Live() with { Topics = ["python", "other"] })).Steps
            .Should().ContainSingle().Which.Should().BeOfType<RepositoryStep.Topics>()
            .Which.Names.Should().Equal("payments", "python");
    }

    [Fact]
    public void WhatTheClusterObjectsTo_IsNotTouched_WhateverIsProven()
    {
        var objection = new Problem(Reasons.NotGranted, "It is elsewhere now.", IsTerminal: true);

        var plan = RepositoryPlan.For(Known, Seen(Live() with { Description = "edited" }) with { Objection = objection });

        plan.Steps.Should().BeEmpty();
        plan.Problem.Should().Be(objection);
    }

    [Theory]
    [InlineData(null, "Adopt")]
    [InlineData("c0ffee", "Adopt")]
    public void AnAdoptionThatWasBegun_KeepsWhatPeopleHaveMade(string? commit, string step)
    {
        var seen = Seen(Live()) with { IsLaid = false, Adopter = Wanted.BelongsTo.Name };

        var plan = RepositoryPlan.For(Wanted with { KnownId = commit is null ? null : 7 }, seen);

        plan.Steps.Select(each => each.GetType().Name).Should().Equal(step);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"ownerUid\": \"x\", \"owner\": null}")]
    public void BrokenMarkerFiles_ClaimNothing(string? file) => RepositoryMarker.Read(file).Should().BeNull();

    [Fact]
    public void Marker_IsReadBackAsItWasWritten()
    {
        var marker = new RepositoryMarker
        {
            Owner = "team-payments/payment-service",
            OwnerUid = Us,
            Template = "python-fastapi",
            Version = "1.0.0",
        };

        RepositoryMarker.Read(marker.ToFile()).Should().BeEquivalentTo(marker);
    }

    private static DesiredRepository Known => Wanted with { KnownId = 7, KnownCommit = "c0ffee" };

    private static ObservedRepository Seen(Repository live) => new() { Repository = live, IsProven = true, Head = "c0ffee", IsLaid = true };

    private static Repository Live() => new()
    {
        Id = 7,
        Owner = "acme",
        Name = "payment-service",
        Description = "Takes card payments.",
        Visibility = RepositoryVisibility.Private,
        DefaultBranch = "main",
        HtmlUrl = "https://github.com/acme/payment-service",
        CloneUrl = "https://github.com/acme/payment-service.git",
    };
}

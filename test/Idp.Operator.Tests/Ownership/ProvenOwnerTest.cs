using Idp.GitHub;
using Idp.Operator.Repositories;

namespace Idp.Operator.Tests.Ownership;

/// <summary>What proves whose a repository is, and what does not.</summary>
public sealed class ProvenOwnerTest
{
    private static readonly OwnershipKeys Keys = OwnershipKeys.Random();
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RepositoryOwner Us = new("11111111-1111-1111-1111-111111111111", "team-a/pay");
    private static readonly RepositoryOwner Deploy = Us with { Role = RepositoryOwner.Deployment };
    private static readonly RepositoryMarker Signed = RepositoryMarker.Of(Us).SignFor(Us, 7, Keys);

    [Fact]
    public void TheSignature_ProvesItsOwner_WhateverUidHeHasNow() => Proven(Signed).Should().Be(new ProvenOwner("team-a/pay", null));

    [Fact]
    public void WhatElseTheFileSays_ProvesNothingAndHarmsNothing()
    {
        Proven(Signed with { OwnerUid = "another", Template = "other" })!.Is(Us).Should().BeTrue();
        Proven(RepositoryMarker.Of(Us)).Should().BeNull("people can write all but the signature");
    }

    [Fact]
    public void ASignature_HoldsForNoOtherOwner_Role_RepositoryOrKey()
    {
        Proven(Signed with { Owner = "team-b/pay" }).Should().BeNull();
        Proven(Signed with { Owner = "team-a/pay\0" }).Should().BeNull();
        Proven(Signed with { Role = RepositoryOwner.Deployment }).Should().BeNull();
        Proven(Signed, Live() with { Id = 8 }).Should().BeNull("a copy in another repository proves nothing");
        ProvenOwner.Find(Live(), Signed, null, OwnershipKeys.Random()).Should().BeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("not base64 at all, and far too long for a signature: not base64 at all, and far too long")]
    public void AForgedSignature_ProvesNothing(string? signature) => Proven(Signed with { Signature = signature }).Should().BeNull();

    [Fact]
    public void AnAdoptionOnRecord_OverrulesEverySignature()
    {
        var notice = Live() with { Description = Notice(Us).ToString() };

        ProvenOwner.Find(notice, Signed, "team-b/own", Keys).Should().Be(new ProvenOwner("team-b/own", null));
    }

    [Fact]
    public void TheDescriptionOfTheRequest_ProvesItsOwner_UntilTheFileIsThere()
    {
        Proven(null, Live() with { Description = Notice(Us).ToString() })!.Is(Us).Should().BeTrue();
        Proven(null, Live() with { Description = Notice(Deploy).ToString() })!.Is(Deploy).Should().BeTrue();
    }

    [Theory]
    [InlineData(-10, true)]
    [InlineData(10, true)]
    [InlineData(-16, false)]
    [InlineData(16, false)]
    [InlineData(60 * 24, false)]
    public void TheDescription_CountsOnlyInWhatGitHubMadeAtThatTime(int minutes, bool counts)
    {
        var copy = Live() with { Description = Notice(Us).ToString(), CreatedAt = Now.AddMinutes(minutes) };

        (Proven(null, copy) is not null).Should().Be(counts, "clocks may differ by ten minutes, and when GitHub made it nobody can choose");
    }

    [Fact]
    public void TheDescription_CountsUnderNoOtherName_NorForAnybodyElse_NorOnceChanged()
    {
        Proven(null, Live() with { Name = "mine", Description = Notice(Us).ToString() }).Should().BeNull();
        Proven(null, Live() with { Description = (Notice(Us) with { Owner = "team-b/evil" }).ToString() }).Should().BeNull();
        Proven(null, Live() with { Description = (Notice(Us) with { Role = "deployment" }).ToString() }).Should().BeNull();
        Proven(null, Live() with { Description = (Notice(Us) with { At = Now.AddMinutes(1) }).ToString() }).Should().BeNull();
        Proven(null, Live() with { Description = Notice(Us) + " and more" }).Should().BeNull();
        Proven(null, Live() with { Description = "Takes card payments." }).Should().BeNull();
    }

    [Fact]
    public void TheDescription_FitsGitHubsLimit_WithTheLongestNames()
    {
        var owner = new RepositoryOwner("", $"{new string('n', 63)}/{new string('a', 63)}", RepositoryOwner.Deployment);
        var notice = CreationMarker.Of(Keys, owner, $"{new string('o', 39)}/{new string('r', 100)}", Now);

        notice.ToString().Length.Should().BeLessThanOrEqualTo(CreationMarker.MaxLength);
        CreationMarker.Read(notice.ToString()).Should().Be(notice);
    }

    [Fact]
    public void AfterARotation_WhatTheOldKeySignedStillHolds_AndTheNewOneSigns()
    {
        var (old, next) = (OwnershipKeys.NewText(), OwnershipKeys.NewText());
        var both = OwnershipKeys.Read(next + old)!;

        RepositoryMarker.Of(Us).SignFor(Us, 7, OwnershipKeys.Read(old)!).IsSignedFor(7, both).Should().BeTrue();
        RepositoryMarker.Of(Us).SignFor(Us, 7, both).IsSignedFor(7, OwnershipKeys.Read(next)!).Should().BeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAA")]
    public void ATextWithoutAKeyOfSufficientLength_IsNone(string? text)
    {
        OwnershipKeys.Read(text).Should().BeNull();
        OwnershipKeys.Read(OwnershipKeys.NewText() + text).Should().Match<OwnershipKeys?>(keys => keys == null || string.IsNullOrEmpty(text));
    }

    private static CreationMarker Notice(RepositoryOwner owner) => CreationMarker.Of(Keys, owner, "Acme/Pay", Now);

    private static ProvenOwner? Proven(RepositoryMarker? marker, Repository? repository = null) =>
        ProvenOwner.Find(repository ?? Live(), marker is null ? null : RepositoryMarker.Read(marker.ToFile()), adopter: null, Keys);

    private static Repository Live() => new()
    {
        Id = 7,
        Owner = "acme",
        Name = "pay",
        DefaultBranch = "main",
        HtmlUrl = "https://github.com/acme/pay",
        CloneUrl = "https://github.com/acme/pay.git",
        CreatedAt = Now,
    };
}

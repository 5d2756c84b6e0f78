using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;

namespace Idp.Operator.Tests.Reporting;

public sealed class ConditionChangesTest
{
    [Fact]
    public void NothingChangedNothingTold()
    {
        Condition[] conditions = [Of(Conditions.Ready, ConditionStatus.True), Of(Conditions.DatabaseReady, ConditionStatus.False)];

        ConditionChanges.Between(conditions, conditions).Should().BeEmpty();
    }

    [Fact]
    public void TroubleThatWasToldAndIsOverIsToldByItsType() =>
        ConditionChanges.Between(
            [Of(Conditions.DatabaseReady, ConditionStatus.False, Reasons.Failed)], [Of(Conditions.DatabaseReady, ConditionStatus.True, message: "3 of 3")])
            .Should().Equal(new ConditionChange(Conditions.DatabaseReady, "3 of 3", IsWarning: false));

    [Fact]
    public void WhatBecameFalseIsToldByItsReason() =>
        ConditionChanges.Between(
            [Of(Conditions.SecretsReady, ConditionStatus.True)],
            [Of(Conditions.SecretsReady, ConditionStatus.False, "SecretSyncedError", "no such key")])
            .Should().Equal(new ConditionChange("SecretSyncedError", "SecretsReady: no such key", IsWarning: true));

    [Fact]
    public void OtherReasonIsNewsAndOtherWordsAreNot()
    {
        Condition[] before = [Of(Conditions.DatabaseReady, ConditionStatus.False, Reasons.Progressing, "1 of 3")];

        ConditionChanges.Between(before, [Of(Conditions.DatabaseReady, ConditionStatus.False, Reasons.Progressing, "2 of 3")])
            .Should().BeEmpty();
        ConditionChanges.Between(before, [Of(Conditions.DatabaseReady, ConditionStatus.False, Reasons.Failed, "gone")])
            .Should().ContainSingle();
    }

    [Theory]
    [InlineData(Reasons.Progressing)]
    [InlineData(Reasons.DependencyNotReady)]
    public void WhatIsOnItsWayIsNotToldAndNeitherIsThatItArrived(string reason)
    {
        Condition[] onItsWay = [Of(Conditions.DatabaseReady, ConditionStatus.False, reason)];

        ConditionChanges.Between([], onItsWay).Should().BeEmpty();
        ConditionChanges.Between(onItsWay, [Of(Conditions.DatabaseReady, ConditionStatus.True)]).Should().BeEmpty();
    }

    [Theory]
    [InlineData(Conditions.Ready)]
    [InlineData(Conditions.Paused)]
    public void MilestonesAreTold(string type) =>
        ConditionChanges.Between([], [Of(type, ConditionStatus.True)]).Should().ContainSingle().Which.Reason.Should().Be(type);

    [Fact]
    public void WhatWasAskedForIsNoWarning() =>
        ConditionChanges.Between([], [Of(Conditions.DatabaseReady, ConditionStatus.False, Reasons.Suspended)])
            .Should().ContainSingle().Which.IsWarning.Should().BeFalse();

    [Fact]
    public void SummaryIsToldWhenItBecomesTrueOnly()
    {
        ConditionChanges.Between([], [Of(Conditions.Ready, ConditionStatus.False, Reasons.Failed)]).Should().BeEmpty();
        ConditionChanges.Between([Of(Conditions.Ready, ConditionStatus.False)], [Of(Conditions.Ready, ConditionStatus.True)])
            .Should().ContainSingle();
    }

    [Fact]
    public void BlockedDeletionIsTold() =>
        ConditionChanges.Between(
            [Of(Conditions.Ready, ConditionStatus.False, Reasons.Deleting)],
            [Of(Conditions.Ready, ConditionStatus.False, Reasons.DeletionBlocked)])
            .Should().ContainSingle().Which.IsWarning.Should().BeTrue();

    [Theory]
    [InlineData(Conditions.Reconciling, ConditionStatus.True, Reasons.Progressing)]
    [InlineData(Conditions.DatabaseReady, ConditionStatus.True, Reasons.NotRequested)]
    [InlineData(Conditions.DatabaseReady, ConditionStatus.Unknown, Reasons.InvalidSpec)]
    public void WhatNobodyNeedsToHearIsNotTold(string type, ConditionStatus status, string reason) =>
        ConditionChanges.Between([], [Of(type, status, reason)]).Should().BeEmpty();

    [Fact]
    public void StalledIsAlwaysAWarning() =>
        ConditionChanges.Between([], [Of(Conditions.Stalled, ConditionStatus.True, Reasons.NotGranted, "no")])
            .Should().Equal(new ConditionChange(Reasons.NotGranted, "no", IsWarning: true));

    private static Condition Of(string type, ConditionStatus status, string reason = "Any", string message = "") =>
        new() { Type = type, Status = status, Reason = reason, Message = message };
}

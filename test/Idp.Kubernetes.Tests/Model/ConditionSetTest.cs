using System.Text;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Model;

public sealed class ConditionSetTest
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, 987, TimeSpan.FromHours(2));
    private static readonly DateTimeOffset Before = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TransitionTime_MovesOnlyWithTheStatus()
    {
        var previous = new[] { Condition("Ready", ConditionStatus.True), Condition("Synced", ConditionStatus.True) };

        var set = new ConditionSet(previous, 4, Now)
            .Set("Ready", ConditionStatus.True, "OtherReason", "Other message.")
            .Set("Synced", ConditionStatus.False, "Failed")
            .Set("New", ConditionStatus.Unknown, "Waiting");

        set.Find("Ready")!.LastTransitionTime.Should().Be(Before);
        set.Find("Synced")!.LastTransitionTime.Should().Be(new DateTimeOffset(2026, 5, 4, 1, 2, 1, TimeSpan.Zero));
        set.Find("New")!.LastTransitionTime.Should().Be(set.Find("Synced")!.LastTransitionTime);
        set.ToList().Should().OnlyContain(condition => condition.ObservedGeneration == 4);
    }

    [Fact]
    public void ReadyComesFirst_TheOthersByName() =>
        new ConditionSet([], 1, Now)
            .Set("Stalled", ConditionStatus.True, "A")
            .Set("Ready", ConditionStatus.True, "A")
            .Set("DatabaseReady", ConditionStatus.True, "A")
            .ToList().Select(condition => condition.Type).Should().Equal("Ready", "DatabaseReady", "Stalled");

    [Fact]
    public void ConditionThatIsNotSet_Goes() =>
        new ConditionSet([Condition("Reconciling", ConditionStatus.True)], 1, Now).ToList().Should().BeEmpty();

    [Fact]
    public void Message_IsCutAndHoldsNoCredential()
    {
        var message = new ConditionSet([], 1, Now)
            .Set("Ready", ConditionStatus.False, "Failed", "Bearer abcdefghijkl refused " + new string('ü', 2_000)).Find("Ready")!.Message;

        message.Should().StartWith("Bearer *** refused");
        Encoding.UTF8.GetByteCount(message).Should().BeInRange(1_020, 1_024);
    }

    [Fact]
    public void Json_IsAsTheApiServerPrintsIt() =>
        new ConditionSet([], 7, Now).Set("Ready", ConditionStatus.True, "Succeeded", "Fine.").ToJson().ToJsonString().Should().Be(
            """[{"type":"Ready","status":"True","reason":"Succeeded","message":"Fine.","observedGeneration":7,"lastTransitionTime":"2026-05-04T01:02:01Z"}]""");

    private static Condition Condition(string type, ConditionStatus status) => new()
    {
        Type = type,
        Status = status,
        Reason = "Before",
        LastTransitionTime = Before,
    };
}

using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>What others rewrite as often as it is corrected: named, corrected ever more rarely, and forgotten when it ends.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class ContestTest : IAsyncLifetime
{
    private const string Bot = "quota-bot";
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly Ownership Us = new("idp-operator", new Dictionary<string, string> { ["idp.dev/environment"] = "shop-staging" });
    private readonly ControlPlaneFixture _controlPlane;
    private readonly ManualTime _time = new();
    private readonly MemoryReader _memory = new();
    private readonly Applier _applier;
    private ObjectKey _key;

    public ContestTest(ControlPlaneFixture controlPlane)
    {
        _controlPlane = controlPlane;
        _applier = new Applier(controlPlane.Client, _memory, _memory, _time, NullLogger<Applier>.Instance);
    }

    public async Task InitializeAsync()
    {
        _key = new ObjectKey(await _controlPlane.NewNamespaceAsync(), "settings");
        await ApplyAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task FirstFiveCorrections_AreDrift_TheSixthIsAContest_ThatNamesFieldAndRival()
    {
        var outcomes = new List<ApplyOutcome>();
        for (var round = 0; round < 6; round++)
        {
            await SpoilAsync();
            outcomes.Add((await ApplyAsync()).Outcome);
        }

        outcomes.Should().Equal([.. Enumerable.Repeat(ApplyOutcome.Updated, 5), ApplyOutcome.Contested]);
        (await ValueAsync()).Should().Be("ours", "what is ours is forced");
        (await ApplyAsync()).Message.Should().Be(
            $"the ConfigMap {_key} is contested: quota-bot rewrites data.value whenever it is corrected, so it is corrected ever more rarely."
            + " Have quota-bot leave what is ours alone, or change here what is wanted");
    }

    [Fact]
    public async Task EachCorrection_IsFollowedByALongerPause_UpToAFewMinutes()
    {
        var corrected = new List<double>();
        var messages = new HashSet<string>();
        var began = _time.GetUtcNow();
        await ContestAsync();

        while (corrected.Count <= 10)
        {
            await SpoilAsync();
            var applied = await ApplyAsync();
            messages.Add(applied.Message);
            applied.Outcome.Should().Be(ApplyOutcome.Contested);
            applied.RetryAfter.Should().BePositive();
            if (await ValueAsync() == "ours")
            {
                corrected.Add((_time.GetUtcNow() - began).TotalSeconds);
            }

            // Not by the whole pause: whether it is kept is the question.
            var half = applied.RetryAfter!.Value / 2;
            _time.Advance(half < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : half);
        }

        var pauses = corrected.Zip(corrected.Skip(1), (one, next) => next - one).ToList();
        pauses.Take(6).Should().BeInAscendingOrder();
        pauses[^1].Should().BeInRange(225, 301);
        messages.Should().ContainSingle("it is a condition's: another one each time would be a write each time");
    }

    [Fact]
    public async Task ContestThatEnds_IsBelievedToBeOverWhenTheObjectStayedAsWanted()
    {
        await ContestAsync();

        var watched = await ApplyAsync();
        _time.Advance(watched.RetryAfter!.Value - TimeSpan.FromSeconds(1));
        var still = await ApplyAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        var over = await ApplyAsync();
        await SpoilAsync();
        var drift = await ApplyAsync();

        (watched.Outcome, still.Outcome, over.Outcome).Should().Be((ApplyOutcome.Contested, ApplyOutcome.Contested, ApplyOutcome.Unchanged));
        drift.Outcome.Should().Be(ApplyOutcome.Updated, "it is forgotten");
    }

    [Fact]
    public async Task AnotherIntent_IsWrittenAtOnce()
    {
        await ContestAsync();
        await SpoilAsync();
        (await ApplyAsync()).Outcome.Should().Be(ApplyOutcome.Contested);
        var before = await ValueAsync();

        var changed = await ApplyAsync("new");

        before.Should().Be("theirs", "it is left as it is for the pause");
        changed.Outcome.Should().Be(ApplyOutcome.Updated);
        (await ValueAsync()).Should().Be("new");
    }

    [Fact]
    public async Task CorrectionsFarApart_AreNoContest()
    {
        for (var round = 0; round < 8; round++)
        {
            await SpoilAsync();
            (await ApplyAsync()).Outcome.Should().Be(ApplyOutcome.Updated);
            _time.Advance(TimeSpan.FromMinutes(2));
        }
    }

    [Fact]
    public async Task ContestedGate_HoldsNothingUp()
    {
        await ContestAsync();
        await SpoilAsync();

        var report = await _applier.ApplyAsync(Us, [Settings("ours") with { Gate = true }, Settings("x", "after")], [], Never);

        report.Objects.Select(applied => applied.Outcome).Should().Equal(ApplyOutcome.Contested, ApplyOutcome.Created);
        report.Succeeded.Should().BeFalse();
        report.Inventory.Should().HaveCount(2);
    }

    private async Task ContestAsync()
    {
        AppliedObject applied;
        do
        {
            await SpoilAsync();
            applied = await ApplyAsync();
        }
        while (applied.Outcome == ApplyOutcome.Updated);
    }

    private async Task<AppliedObject> ApplyAsync(string value = "ours") =>
        (await _applier.ApplyAsync(Us, [Settings(value)], [], Never)).Objects.Single();

    // Our memory hears of it as by a watch.
    private async Task SpoilAsync()
    {
        var theirs = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = _key.Name, ["namespace"] = _key.Namespace },
            ["data"] = new JsonObject { ["value"] = "theirs" },
        };
        var applied = await _controlPlane.Client.ApplyAsync(
            WellKnownKinds.ConfigMap, theirs, new ApplyOptions { FieldManager = Bot, Force = true }, Never);
        _memory.Observe(applied.Object);
    }

    private async Task<string?> ValueAsync() =>
        (string?)(await _controlPlane.Client.GetAsync(WellKnownKinds.ConfigMap, _key, Never)).ToJson()["data"]!["value"];

    private DesiredObject Settings(string value, string? name = null) => new(WellKnownKinds.ConfigMap, new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = DesiredWorld.Metadata(_key with { Name = name ?? _key.Name }, Us.Labels["idp.dev/environment"]),
        ["data"] = new JsonObject { ["value"] = value },
    });
}

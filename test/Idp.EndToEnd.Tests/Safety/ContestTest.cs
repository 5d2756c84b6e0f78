using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>Fields that others write too: ours are forced, theirs left, and who never stops is named and not fought in a hot loop.</summary>
[Collection(FaultyWorld.OfWatches)]
public sealed class ContestTest(FaultyPlatform platform)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task AManagerThatOwnsAFieldOfOursIsFollowedNowhereButKeepsWhatIsItsOwn()
    {
        var app = await platform.NewAppAsync("shared");
        await app.MakeAsync(Specs.Small);
        await platform.UntilIdleAsync();
        var mark = platform.Proxy.LastNumber;

        await ApplyQuotaAsync(app, "terraform", """{"hard": {"pods": "50", "services": "5"}}""");
        await platform.UntilIdleAsync();
        var whileTheyAgree = platform.WritesAfter(mark, "resourcequotas");
        await ApplyQuotaAsync(app, "terraform", """{"hard": {"pods": "7", "services": "5"}}""");

        var quota = await platform.Watching.UntilAsync(
            WellKnownKinds.ResourceQuota, app.In("staging"), "idp-quota", "forced", item => item.TextAt("spec", "hard", "pods") == "50");
        quota.TextAt("spec", "hard", "services").Should().Be("5", "that is theirs");
        whileTheyAgree.Should().BeEmpty("a field may have two owners who want the same");
        (await app.UntilReadyAsync()).Condition(Conditions.Ready).TextAt("reason").Should().Be(Reasons.Succeeded);
    }

    [Fact]
    public async Task AControllerThatRewritesAChildEverySecondIsNamedAndAnsweredEverMoreRarely()
    {
        var app = await platform.NewAppAsync("contested");
        await app.MakeAsync(Specs.Small);
        var quota = new ObjectKey(app.In("staging"), "idp-quota");

        await using (var rival = Rival.Start(platform, WellKnownKinds.ResourceQuota, quota, Json("""{"hard": {"pods": "7"}}""")))
        {
            var told = await app.UntilAsync("contested", item => IsContested(item, Conditions.Ready));
            var environment = await platform.GetAsync(Kinds.Environment, app.Team, app.In("staging"));
            var mark = platform.Proxy.LastNumber;
            var until = rival.Rewrites + 10;
            await platform.Watching.UntilAsync("ten more rewrites", () => Task.FromResult(rival.Rewrites >= until), Glance);

            IsContested(environment, Conditions.NamespaceReady).Should().BeTrue();
            foreach (var message in new[] { environment.Condition(Conditions.NamespaceReady).TextAt("message"), told.Condition(Conditions.Ready).TextAt("message") })
            {
                message.Should().Contain($"ResourceQuota {quota}").And.Contain("spec.hard.pods").And.Contain(Rival.Name).And.Contain("leave what is ours alone");
            }

            platform.WritesAfter(mark, "resourcequotas").Should().HaveCountLessThanOrEqualTo(2, "the pauses are 5 s and 10 s, less a quarter");
            platform.WritesAfter(mark).Should().HaveCountLessThanOrEqualTo(5, "nor does anything else move, but for an event that was on its way");
            told.Is(Conditions.Stalled).Should().BeFalse("it is over when the other stops");
        }

        await app.UntilReadyAsync();
        (await platform.GetAsync(WellKnownKinds.ResourceQuota, quota.Namespace, quota.Name)).TextAt("spec", "hard", "pods").Should().Be("50");
    }

    [Fact]
    public async Task AControllerThatRewritesAnEnvironmentIsNamedByTheApplication()
    {
        var app = await platform.NewAppAsync("overruled");
        await app.MakeAsync(Specs.Small);
        var environment = new ObjectKey(app.Team, app.In("staging"));

        await using (Rival.Start(platform, Kinds.Environment, environment, Json("""{"stage": "Production"}""")))
        {
            var told = await app.UntilAsync("contested", item => IsContested(item, Conditions.EnvironmentsReady));

            told.Condition(Conditions.Ready).TextAt("message").Should()
                .Contain($"ApplicationEnvironment.idp.dev {environment}").And.Contain("spec.stage").And.Contain(Rival.Name);
        }

        await app.UntilReadyAsync();
        (await platform.GetAsync(Kinds.Environment, environment.Namespace, environment.Name)).TextAt("spec", "stage").Should().Be("Staging");
    }

    private static bool IsContested(JsonObject item, string condition) =>
        item.Condition(condition).TextAt("reason") == Reasons.FieldContested && item.Condition(condition).TextAt("status") == "False";

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private Task<Applied> ApplyQuotaAsync(TestApp app, string manager, string spec) => platform.Client.ApplyAsync(
        WellKnownKinds.ResourceQuota,
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ResourceQuota",
            ["metadata"] = new JsonObject { ["name"] = "idp-quota", ["namespace"] = app.In("staging") },
            ["spec"] = Json(spec),
        },
        new ApplyOptions { FieldManager = manager, Force = true },
        CancellationToken.None);
}

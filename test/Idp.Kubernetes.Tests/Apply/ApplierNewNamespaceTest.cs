using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.Client;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Apply;

[Collection(ControlPlaneCollection.Name)]
public sealed class ApplierNewNamespaceTest(ControlPlaneFixture controlPlane)
{
    private static readonly Ownership Us = new("idp-operator", new Dictionary<string, string> { ["idp.dev/environment"] = "shop-staging" });
    private readonly string _name = $"new-{Guid.NewGuid():N}";
    private readonly List<string> _reads = [];
    private readonly MemoryReader _memory = new();

    [Fact]
    public async Task NobodyElsesObjectIsLookedForInANamespaceOfThisPass()
    {
        var report = await ApplyAsync([DesiredWorld.Namespace(_name), .. DesiredWorld.Of(_name)], whenMade: null);

        report.Objects.Should().OnlyContain(applied => applied.Outcome == ApplyOutcome.Created);
        _reads.Should().OnlyContain(path => path.EndsWith($"/namespaces/{_name}", StringComparison.Ordinal), "only the namespace could be another's");
    }

    [Fact]
    public async Task NobodyElsesObjectIsLookedForAmongWhatIsSeenAnyway()
    {
        _memory.Complete.Add(WellKnownKinds.Namespace);

        var report = await ApplyAsync([DesiredWorld.Namespace(_name)], whenMade: null);

        report.Objects.Should().ContainSingle().Which.Outcome.Should().Be(ApplyOutcome.Created);
        _reads.Should().BeEmpty();
    }

    [Fact]
    public async Task WhatSomebodyMadeABlinkAgoIsNotTakenOver()
    {
        _memory.Complete.Add(WellKnownKinds.Namespace);
        var theirs = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = _name } };
        await controlPlane.Client.CreateAsync(WellKnownKinds.Namespace, theirs, CancellationToken.None);

        var report = await ApplyAsync([DesiredWorld.Namespace(_name)], whenMade: null);

        report.Objects.Should().ContainSingle().Which.Outcome.Should().Be(ApplyOutcome.Conflict);
        var live = await controlPlane.Client.GetAsync(WellKnownKinds.Namespace, new ObjectKey("", _name), CancellationToken.None);
        live.Metadata.Labels.Keys.Should().NotContain(Us.Labels.Keys);
    }

    [Fact]
    public async Task WhatALeaderBeforeUsMadeABlinkAgoIsOurs()
    {
        _memory.Complete.Add(WellKnownKinds.Namespace);
        await ApplyAsync([DesiredWorld.Namespace(_name)], whenMade: null);
        _memory.Clear();

        var report = await ApplyAsync([DesiredWorld.Namespace(_name)], whenMade: null);

        report.Objects.Should().ContainSingle().Which.Succeeded.Should().BeTrue();
        var live = await controlPlane.Client.GetAsync(WellKnownKinds.Namespace, new ObjectKey("", _name), CancellationToken.None);
        live.Metadata.Labels.Keys.Should().Contain(Us.Labels.Keys);
    }

    /// <summary>Policy engines put objects of their own into every new namespace.</summary>
    [Theory]
    [InlineData("quota", """{"hard":{"pods":"7"}}""", "it conflicts")]
    [InlineData("quota", """{"hard":{"configmaps":"7"}}""", "it would merge with ours")]
    public async Task WhatSomebodyPutsIntoItMeanwhileIsNotTakenOver(string name, string spec, string why)
    {
        var theirs = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ResourceQuota",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = _name },
            ["spec"] = JsonNode.Parse(spec),
        };

        var report = await ApplyAsync([DesiredWorld.Namespace(_name), .. DesiredWorld.Of(_name)], theirs);

        report.Objects.Single(applied => applied.Desired.Key.Name == name).Outcome.Should().Be(ApplyOutcome.Conflict, why);
        var live = await controlPlane.Client.GetAsync(WellKnownKinds.ResourceQuota, new ObjectKey(_name, name), CancellationToken.None);
        live.Metadata.Labels.Should().BeEmpty();
        live.ToJson()["spec"]!.ToJsonString().Should().Be(spec);
    }

    private async Task<ApplyReport> ApplyAsync(IReadOnlyList<DesiredObject> desired, JsonObject? whenMade)
    {
        var handler = new Intercept(async (request, cancellationToken) =>
        {
            if (request.Method == HttpMethod.Get)
            {
                _reads.Add(request.RequestUri!.AbsolutePath);
            }
            else if (whenMade is not null && request.RequestUri!.AbsolutePath.Contains("resourcequotas", StringComparison.Ordinal))
            {
                await controlPlane.Client.CreateAsync(WellKnownKinds.ResourceQuota, whenMade, cancellationToken);
                whenMade = null;
            }

            return null;
        });
        using var client = KubeClient.Create(controlPlane.Config, [handler]);
        _reads.Clear();
        var applier = new Applier(client, _memory, _memory, TimeProvider.System, NullLogger<Applier>.Instance);
        return await applier.ApplyAsync(Us, desired, [], CancellationToken.None);
    }
}

using System.Text.RegularExpressions;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>Whatever an application is stalled by, the repair that its message names ends it: nobody has to touch the application.</summary>
[Collection(RepairWorld.Name)]
public sealed partial class RepairTest(RepairPlatform platform)
{
    /// <summary>What a repair may take that the operator is told of. Half of it goes by until a changed file is read and all is looked at.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>Where a reason is handed on that comes from one of the other places.</summary>
    private static readonly string[] HandedOn = ["reason", "refusal.Reason", "problem.Reason", "conflict.Reason"];

    public static TheoryData<string> Names => [.. Breakages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task RepairEndsIt_AndNobodyTouchesTheApplication(string name)
    {
        var breakage = Breakages.All[name];
        var app = await platform.NewAppAsync($"repair-{name}");
        await breakage.Break(platform, app);
        await app.ApplyAsync($"{Specs.Small}\n{breakage.Spec}");
        await platform.PassUntilAsync(app, $"stalled by {breakage.Reason}", item => item.IsStalled(breakage.Reason));
        var before = (await app.GetAsync())["metadata"]!["generation"]!.ToJsonString();

        await breakage.Repair(platform, app);

        await platform.PassUntilAsync(app, "ready", item => item.Is(Conditions.Ready), breakage.IsOutOfSight ? null : Soon);
        (await app.GetAsync())["metadata"]!["generation"]!.ToJsonString().Should().Be(before);
    }

    [Fact]
    public async Task AnEnvironmentThatMayNotBeDeployedFromAnApplicationsRepository_MayWhenThatApplicationIsGone()
    {
        var owner = await platform.NewAppAsync("repair-source");
        await owner.ApplyAsync(Specs.Small);
        await platform.PassUntilAsync(owner, "ready", item => item.Is(Conditions.Ready));
        var source = (await owner.GetAsync()).TextAt("status", "repository", "cloneUrl")!;
        var key = new ObjectKey(await platform.NewTeamAsync("repair-user"), "user-staging");
        await platform.EditAsync(settings => settings["teams"]!.AsArray().Insert(
            0, new JsonObject { ["namespace"] = key.Namespace, ["sources"] = new JsonArray(source), ["namespaces"] = new JsonArray(key.Name) }));
        await platform.ApplyAsync($$"""
            apiVersion: idp.dev/v1alpha1
            kind: ApplicationEnvironment
            metadata: {name: {{key.Name}}, namespace: {{key.Namespace}}}
            spec: {application: user, stage: Staging, source: {repoURL: "{{source}}", path: deploy/overlays/staging} }
            """);
        await platform.PassUntilAsync(Kinds.Environment, key, "refused the repository", item =>
            item.IsStalled(Reasons.NotGranted) && item.Condition(Conditions.Stalled).TextAt("message")!.Contains($"BackendApp {owner.Team}/{owner.Name}", StringComparison.Ordinal));

        await platform.Client.DeleteAsync(Kinds.BackendApp, new ObjectKey(owner.Team, owner.Name), new DeleteOptions(), CancellationToken.None);

        await platform.PassUntilAsync(Kinds.Environment, key, "granted it", item => item.Is(Conditions.NamespaceReady), Soon);
    }

    [Fact]
    public void EveryReasonThatStalls_HasARepair()
    {
        List<string> reasons = [];
        foreach (var file in Directory.EnumerateFiles(SandboxPaths.Below("src", "Idp.Operator"), "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            var told = Told().Matches(text).Select(match => match.Groups["reason"].Value).ToList();
            told.Should().HaveCount(Stalling().Count(text), $"all that stalls an application in {file} is to say by which reason");
            reasons.AddRange(told);
        }

        reasons.Except(HandedOn).Should().BeEquivalentTo(
            Breakages.All.Values.Select(breakage => $"Reasons.{breakage.Reason}").Distinct(), "what stalls has a repair in Breakages");
    }

    /// <summary>Where the source says that nothing but people can help.</summary>
    [GeneratedRegex(@"new Problem\((?!.*IsTerminal: false)|(Stop|Refuse)\(Reasons|Conditions\.Stalled, ConditionStatus\.True,")]
    private static partial Regex Stalling();

    /// <summary>The same with the reason.</summary>
    [GeneratedRegex(
        @"(new Problem\((?!.*IsTerminal: false)\s*|(Stop|Refuse)\((?=Reasons)|Conditions\.Stalled, ConditionStatus\.True, )(?<reason>[\w.]+)")]
    private static partial Regex Told();
}

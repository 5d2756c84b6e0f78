using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.Yaml;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>A team reaches what platform.yaml grants to its namespace, and nothing beyond.</summary>
[Collection(SharedWorld.OfSafety)]
public sealed class GrantsTest(Platform platform)
{
    /// <summary>A name, a spec, and what the refusal has to say: what was asked for, what is granted, and where it is granted.</summary>
    public static TheoryData<string, string, string[]> Beyond => new()
    {
        {
            "ungranted-owner", "repository: {owner: umbrella}",
            ["team-ungranted-owner", "GitHub owner 'umbrella'", "acme", "teams[].githubOwners"]
        },
        {
            "ungranted-team", "team: team-payments",
            ["team-ungranted-team", "team 'team-payments'", "teams[].actsAs"]
        },
        {
            "ungranted-secret", "secrets: [{name: KEY, remoteRef: {key: payments/stripe}}]",
            ["team-ungranted-secret", "secret key 'payments/stripe'", "team-ungranted-secret/*", "teams[].secretKeys"]
        },
        {
            "ungranted-host", "environments: [{name: staging, host: pay.acme.dev}]",
            ["team-ungranted-host", "host 'pay.acme.dev'", "*.shop.acme.dev", "teams[].hosts"]
        },
    };

    [Theory]
    [MemberData(nameof(Beyond))]
    public async Task WhatIsNotGrantedIsRefusedAndNothingIsWritten(string name, string spec, string[] words)
    {
        var app = await platform.NewAppAsync(name);

        await app.ApplyAsync(spec);

        var message = await app.UntilStalledAsync(Reasons.NotGranted);
        message.Should().ContainAll(words);
        (await platform.GitHub.ExistsAsync(name)).Should().BeFalse("no repository is made for what cannot be deployed");
        (await app.ChildrenAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task ASecretPathThatClimbsIsRefusedByTheServerItself()
    {
        var app = await platform.NewAppAsync("climbing");

        var apply = () => app.ApplyAsync("secrets: [{name: KEY, remoteRef: {key: team-climbing/../payments/stripe}}]");

        (await apply.Should().ThrowAsync<InvalidException>()).WithMessage("*spec.secrets*remoteRef.key*");
    }

    [Theory]
    [InlineData("kube", "system")]
    [InlineData("idp", "system")]
    public async Task TheNamespacesOfTheSystemAreNobodys(string name, string environment)
    {
        var app = new TestApp(platform, await platform.NewTeamAsync($"claims-{name}"), name);
        var before = await platform.GetAsync(WellKnownKinds.Namespace, "", app.In(environment));

        await app.ApplyAsync($"environments: [{{name: {environment}}}]");

        (await app.UntilStalledAsync(Reasons.NotGranted)).Should().Contain($"'{name}-{environment}'");
        (await platform.GetAsync(WellKnownKinds.Namespace, "", app.In(environment))).ToJsonString().Should().Be(before.ToJsonString());
        (await platform.GitHub.ExistsAsync(name)).Should().BeFalse();
    }

    [Theory]
    [InlineData("argocd", Reasons.NotGranted)]
    [InlineData("idp-system", Reasons.NotGranted)]
    [InlineData("team-reaching", Reasons.NotGranted)]
    [InlineData("kube-system", Reasons.InvalidSpec)]
    public async Task AHandWrittenEnvironmentReachesNoFurther(string target, string reason)
    {
        const string Team = "team-reaching";
        await platform.Sandbox.CreateNamespaceAsync(Team, CancellationToken.None);
        var before = await platform.GetAsync(WellKnownKinds.Namespace, "", target);

        var refusal = await platform.RefusalAsync(YamlText.ReadObjects($$"""
            apiVersion: idp.dev/v1alpha1
            kind: ApplicationEnvironment
            metadata: {name: reach-{{target}}, namespace: {{Team}}}
            spec:
              application: reach
              stage: Development
              namespace: {{target}}
              source: {repoURL: "https://github.com/acme/reach.git", path: deploy}
            """)[0]);

        (refusal ?? await UntilStalledAsync(Team, $"reach-{target}", reason)).Should().Contain("spec.namespace");
        (await platform.GetAsync(WellKnownKinds.Namespace, "", target)).ToJsonString().Should().Be(before.ToJsonString());
        (await platform.ListAsync(ForeignKinds.Application, "argocd", $"{Labels.PartOf}=reach")).Should().BeEmpty();
    }

    private async Task<string?> UntilStalledAsync(string team, string name, string reason)
    {
        var refused = await platform.Watching.UntilAsync(Kinds.Environment, team, name, "refused", item => item.IsStalled(reason));
        return refused.Condition(Conditions.Stalled).TextAt("message");
    }
}

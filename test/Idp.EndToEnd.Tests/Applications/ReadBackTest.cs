using Idp.Entities;
using Idp.Sandbox.Processes;
using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;

namespace Idp.EndToEnd.Tests.Applications;

/// <summary>What the operator sends is what the real definitions of the other projects keep: no field is dropped in silence.</summary>
[Collection(SharedWorld.Name)]
public sealed class ReadBackTest(Platform platform)
{
    [FactWith(Needs.UpstreamDefinitions)]
    public async Task ThePlanOfWhatIsThereIsToChangeNothing()
    {
        var app = await platform.ShowcaseAsync();

        var lines = (await PlanAsync(app, "--names")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Should().Contain("BackendApp team-payments/payment-service").And.Contain("  repository: unchanged");
        var objects = lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal) && !line.Contains("repository")).ToList();
        objects.Should().HaveCount(2 * 12);
        objects.Should().OnlyContain(line => line.StartsWith("  unchanged: ", StringComparison.Ordinal));
    }

    [FactWith(Needs.UpstreamDefinitions)]
    public async Task EveryFieldThatWasSentIsKeptAndNotedAsOurs()
    {
        var app = await platform.ShowcaseAsync();

        var sent = YamlText.ReadObjects(await PlanAsync(app));

        sent.Should().HaveCount(2 * 12);
        foreach (var body in sent)
        {
            var live = await LiveAsync(body);
            var name = $"{body.TextAt("kind")} {body.TextAt("metadata", "name")}";
            Sent.Lost(body, live).Should().BeEmpty($"everything of {name} is kept");
            Sent.Unowned(WithoutIdentity(body), FieldsOf(live)).Should().BeEmpty($"everything of {name} is ours");
        }
    }

    private async Task<string> PlanAsync(TestApp app, params string[] options)
    {
        var live = await app.GetAsync();
        var file = Path.Combine(platform.Sandbox.Directory, $"{app.Name}.yaml");
        await File.WriteAllTextAsync(file, app.Manifest(live["spec"]!.AsObject()).ToJsonString());
        var plan = new Command(
            SandboxPaths.OperatorBinary() ?? "",
            ["plan", "--filename", file, "--platform", platform.Sandbox.PlatformPath, "--kubeconfig", platform.Sandbox.OperatorKubeconfig, .. options]);
        using var patience = new CancellationTokenSource(Watching.Patience);
        var result = await plan.RunAsync(patience.Token);
        result.ExitCode.Should().Be(0, result.Error);
        return result.Output;
    }

    private Task<JsonObject> LiveAsync(JsonObject body)
    {
        var kind = Kinds.Owned.Single(kind => kind.Kind == body.TextAt("kind") && kind.ApiVersion == body.TextAt("apiVersion"));
        return platform.GetAsync(kind, body.TextAt("metadata", "namespace") ?? "", body.TextAt("metadata", "name") ?? "");
    }

    private static JsonNode? FieldsOf(JsonObject live) => live.ObjectsAt("metadata", "managedFields")
        .Single(entry => entry.TextAt("manager") == FieldManagers.Operator && entry.TextAt("operation") == "Apply")["fieldsV1"];

    private static JsonObject WithoutIdentity(JsonObject body)
    {
        var rest = body.DeepClone().AsObject();
        rest.Remove("apiVersion");
        rest.Remove("kind");
        rest["metadata"]!.AsObject().Remove("name");
        rest["metadata"]!.AsObject().Remove("namespace");
        return rest;
    }
}

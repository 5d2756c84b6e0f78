using Idp.Sandbox.Processes;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>Whose settings a plan goes by where nobody names a file.</summary>
[Collection(SharedWorld.Name)]
public sealed class PlanSettingsTest(Platform platform)
{
    [Fact]
    public async Task APlanTakesTheSettingsOfTheCluster_AndSaysSo()
    {
        var settings = await File.ReadAllTextAsync(platform.Sandbox.PlatformPath);
        await platform.Sandbox.ApplyAsync(ConfigMap(settings), CancellationToken.None);
        var sample = SandboxPaths.Below("config", "samples", "01-minimal.yaml");
        var plan = new Command(SandboxPaths.OperatorBinary() ?? "", "plan", "-f", sample, "--kubeconfig", platform.Sandbox.Kubectl.Kubeconfig);
        using var patience = new CancellationTokenSource(Watching.Patience);

        var result = await plan.RunAsync(patience.Token);

        result.ExitCode.Should().Be(0, result.Error);
        result.Error.Should().Contain("Settings: ConfigMap idp-system/idp-platform of https://127.0.0.1");
        result.Output.Should().Contain($"{platform.Sandbox.GitHub.BaseAddress}acme/hello-service.git", "that GitHub is in the cluster's settings alone");
    }

    private static JsonObject ConfigMap(string settings) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = "idp-platform", ["namespace"] = "idp-system" },
        ["data"] = new JsonObject { ["platform.yaml"] = settings },
    };
}

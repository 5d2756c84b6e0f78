using System.Text.Json.Nodes;
using Idp.Sandbox.Processes;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.ArgoCd;
using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.Tests.StandIns.ArgoCd;

/// <summary>The same tree and overrides, built with the kubectl of this machine and with that of the control plane.</summary>
public sealed class KustomizeBuildTest : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("kustomize-test-").FullName;

    [FactWith(Needs.Kustomize)]
    public Task TheKubectlOfThisMachineBuildsIt() => BuildsAsync("kubectl");

    [Fact]
    public async Task TheKubectlOfTheControlPlaneBuildsTheSame()
    {
        await new Command(SandboxPaths.Below("hack", "control-plane.sh"), "install").RunAsync(CancellationToken.None);
        var assets = Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") ?? SandboxPaths.Cache("control-plane", "bin");
        await BuildsAsync(Path.Combine(assets, "kubectl"));
    }

    [Fact]
    public async Task APathOutsideTheRepositoryDoesNotExist()
    {
        var build = new KustomizeBuild("kubectl");

        await build.Invoking(it => it.RunAsync(_root, "../..", options: null, CancellationToken.None))
            .Should().ThrowAsync<ManifestException>().WithMessage("../..: app path does not exist");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task BuildsAsync(string kubectl)
    {
        WriteTree();
        var options = YamlText.ReadObjects("""
            images: ["shop=registry.acme.example/shop:1.2.3"]
            replicas: [{name: shop, count: 3}]
            patches:
              - target: {kind: Ingress, name: shop}
                patch: |
                  - {op: replace, path: /spec/rules/0/host, value: pay.acme.dev}
              - target: {kind: Deployment, name: shop}
                patch: |
                  apiVersion: apps/v1
                  kind: Deployment
                  metadata: {name: shop}
                  spec: {template: {spec: {containers: [{name: shop, env: [{name: LEVEL, value: debug}]}]}}}
            """)[0];

        var objects = await new KustomizeBuild(kubectl)
            .RunAsync(_root, "deploy/overlays/production", options, CancellationToken.None);

        var deployment = Find(objects, "Deployment");
        deployment.NumberAt(0, "spec", "replicas").Should().Be(3);
        deployment.TextAt("metadata", "labels", "tier").Should().Be("gold");
        var container = deployment.ObjectsAt("spec", "template", "spec", "containers").Single();
        container.TextAt("image").Should().Be("registry.acme.example/shop:1.2.3");
        container.ObjectsAt("env").Select(item => item.TextAt("name")).Should().BeEquivalentTo("LEVEL", "MODE");
        Find(objects, "Ingress").ObjectsAt("spec", "rules").Single().TextAt("host").Should().Be("pay.acme.dev");
    }

    private static JsonObject Find(IReadOnlyList<JsonObject> objects, string kind) =>
        objects.Single(item => item.TextAt("kind") == kind);

    private void WriteTree()
    {
        Write("deploy/base/kustomization.yaml", "resources: [all.yaml]");
        Write("deploy/base/all.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop}
            spec:
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec: {containers: [{name: shop, image: shop, env: [{name: MODE, value: base}]}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop}
            spec: {rules: [{host: shop.example}]}
            """);
        Write("deploy/overlays/production/kustomization.yaml", """
            resources: [../../base]
            images: [{name: shop, newName: registry.acme.example/shop, newTag: latest}]
            replicas: [{name: shop, count: 2}]
            patches:
              - path: gold.yaml
                target: {kind: Deployment}
            """);
        Write("deploy/overlays/production/gold.yaml", """
            - {op: add, path: /metadata/labels, value: {tier: gold}}
            """);
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}

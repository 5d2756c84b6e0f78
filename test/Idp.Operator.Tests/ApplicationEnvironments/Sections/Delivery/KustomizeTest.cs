using System.Diagnostics;
using System.Text.Json.Nodes;
using Idp.Operator.ApplicationEnvironments;
using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.ApplicationEnvironments;

/// <summary>Gives the patches to the real kustomize, as Argo CD does.</summary>
public sealed class KustomizeTest : IDisposable
{
    private const string Repository = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: payment-service, namespace: kube-system}
        spec:
          replicas: 1
          selector: {matchLabels: {app: payment-service}}
          template:
            metadata: {labels: {app: payment-service}}
            spec:
              imagePullSecrets: [{name: of-the-team}]
              containers:
                - name: payment-service
                  image: payment-service
                  resources: {requests: {cpu: 10m}, limits: {cpu: "1"}}
                  env:
                    - {name: LOG_LEVEL, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                    - {name: STRIPE_KEY, value: in-the-clear}
                    - {name: OWN, value: kept}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: payment-service}
        spec:
          rules:
            - host: old.example
              http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: payment-service, port: {name: http}}}}]}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: payment-service}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: payment-service}
          maxReplicas: 9
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-kustomize-");

    [FactWith(Needs.Kustomize)]
    public void ManifestDecidesOverTheRepositoryAndTheRestIsKept()
    {
        var built = Build(Samples.Plan("full"));

        var deployment = built.Single(item => (string?)item["kind"] == "Deployment");
        ((string?)deployment["metadata"]!["namespace"]).Should().Be("payment-service-production");
        ((int?)deployment["spec"]!["replicas"]).Should().Be(3);
        var container = deployment["spec"]!["template"]!["spec"]!["containers"]![0]!;
        ((string?)container["image"]).Should().Be("ghcr.io/acme/payment-service:1.4.2");
        container["resources"]!.ToJsonString().Should()
            .Be("""{"limits":{"cpu":"1","memory":"256Mi"},"requests":{"cpu":"500m","memory":"128Mi"}}""");
        Variable(container, "LOG_LEVEL").Should().Be("""{"name":"LOG_LEVEL","value":"info"}""");
        Variable(container, "WORKERS").Should().Be("""{"name":"WORKERS","value":"007"}""");
        Variable(container, "EMPTY").Should().Be("""{"name":"EMPTY","value":""}""");
        Variable(container, "OWN").Should().Be("""{"name":"OWN","value":"kept"}""");
        Variable(container, "STRIPE_KEY").Should().Be(
            """{"name":"STRIPE_KEY","valueFrom":{"secretKeyRef":{"key":"STRIPE_KEY","name":"payment-service-secrets"}}}""");
        built.Should().NotContain(item => (string?)item["kind"] == "HorizontalPodAutoscaler", "it would fight for a number of its own");
        var ingress = built.Single(item => (string?)item["kind"] == "Ingress")["spec"]!;
        ((string?)ingress["rules"]![0]!["host"]).Should().Be("pay.acme.dev");
        ingress["tls"]!.ToJsonString().Should().Be("""[{"hosts":["pay.acme.dev"],"secretName":"payment-service-tls"}]""");
    }

    [Fact]
    public void PullSecretOfThePlatformComesBesideThoseOfTheRepository()
    {
        var built = Build(Samples.Plan("private", entity => entity.Spec()["workload"] = new JsonObject
        {
            ["image"] = "ghcr.io/acme/payment-service:1.4.2",
            ["replicas"] = 2,
        }));
        if (built is null)
        {
            return;
        }

        var pod = built.Single(item => (string?)item["kind"] == "Deployment")["spec"]!["template"]!["spec"]!;
        pod["imagePullSecrets"]!.AsArray().Select(secret => (string?)secret!["name"]).Should().BeEquivalentTo("idp-image-pull", "of-the-team");
        pod["containers"]!.AsArray().Should().ContainSingle();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Variable(JsonNode container, string name) =>
        container["env"]!.AsArray().Single(variable => (string?)variable!["name"] == name)!.ToJsonString();

    private JsonNode[] Build(ApplicationEnvironmentPlan plan)
    {
        var kustomize = plan.Objects[^1].Body["spec"]!["source"]!["kustomize"]!;
        var image = ((string)kustomize["images"]![0]!).Split('=');
        var colon = image[1].LastIndexOf(':');
        File.WriteAllText(Path.Combine(_folder.FullName, "repository.yaml"), Repository);
        File.WriteAllText(Path.Combine(_folder.FullName, "kustomization.yaml"), YamlWriter.Write(new JsonObject
        {
            ["resources"] = new JsonArray("repository.yaml"),
            ["namespace"] = kustomize["namespace"]!.DeepClone(),
            ["images"] = new JsonArray(new JsonObject
            {
                ["name"] = image[0],
                ["newName"] = image[1][..colon],
                ["newTag"] = image[1][(colon + 1)..],
            }),
            ["replicas"] = kustomize["replicas"]!.DeepClone(),
            ["patches"] = kustomize["patches"]!.DeepClone(),
        }));
        return [.. YamlReader.ReadAll(Run(), "kustomize").Select(document => document.Root!)];
    }

    private string Run()
    {
        using var process = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", _folder.FullName])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (text, error) = (process.StandardOutput.ReadToEnd(), process.StandardError.ReadToEnd());
        process.WaitForExit();
        process.ExitCode.Should().Be(0, error);
        return text;
    }
}

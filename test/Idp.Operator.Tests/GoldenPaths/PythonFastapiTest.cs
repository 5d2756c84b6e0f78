using System.Text.Json.Nodes;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;
using Xunit.Abstractions;

namespace Idp.Operator.Tests.GoldenPaths;

/// <summary>The golden path that comes with the operator: what it renders is looked at with the tools that will read it.</summary>
public sealed class PythonFastapiTest(ITestOutputHelper output)
{
    private const string Hostile = "He said \"hi\" \\ ''' \"\"\" {{ team }} ${{ secrets.X }} $(id) `id` # {0} %s </b> \u2028 😀 ü";

    [Fact]
    public void EveryYamlFileIsYaml_AndNothingIsLeftToFill()
    {
        using var repository = Render(GoldenPathRendererTest.Input() with { Description = Hostile, System = "billing" });

        foreach (var file in repository.Files.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            repository.Yaml(file.Path).Should().NotBeNull(file.Path);
        }

        repository.Yaml("catalog-info.yaml")["metadata"]!["description"]!.GetValue<string>().Should().Be(Hostile);
        repository.Yaml("catalog-info.yaml")["spec"]!["system"]!.GetValue<string>().Should().Be("billing");
        repository.Files.Select(file => file.Path).Should().Contain(
            [".dockerignore", ".github/workflows/ci.yaml", ".gitignore", "Dockerfile", "Makefile", "README.md", "pyproject.toml"]);
    }

    [Theory]
    [InlineData("pay")]
    [InlineData("on")]
    [InlineData("null")]
    [InlineData("y")]
    [InlineData("e1")]
    public void DeploymentContainerServiceIngressAndImage_AreNamedAsTheApplication(string application)
    {
        using var repository = Render(GoldenPathRendererTest.Input() with { Application = application, Team = "true", Repository = "no" });

        var deployment = repository.Yaml("deploy/base/deployment.yaml");
        var container = deployment["spec"]!["template"]!["spec"]!["containers"]![0]!;
        string[] names =
        [
            Name(deployment),
            Name(repository.Yaml("deploy/base/service.yaml")),
            Name(repository.Yaml("deploy/base/ingress.yaml")),
            Name(repository.Yaml("catalog-info.yaml")),
            container["name"]!.GetValue<string>(),
            container["image"]!.GetValue<string>(),
            repository.Yaml("deploy/overlays/staging/kustomization.yaml")["images"]![0]!["name"]!.GetValue<string>(),
        ];
        names.Should().OnlyContain(name => name == application);
        repository.Yaml("catalog-info.yaml")["spec"]!["owner"]!.GetValue<string>().Should().Be("true");
    }

    [Fact]
    public void ThePodKeepsToTheRestrictedStandard()
    {
        using var repository = Render(GoldenPathRendererTest.Input());

        var pod = repository.Yaml("deploy/base/deployment.yaml")["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]![0]!["securityContext"]!;

        pod["automountServiceAccountToken"]!.GetValue<bool>().Should().BeFalse();
        pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>().Should().BeTrue();
        pod["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>().Should().Be("RuntimeDefault");
        container["allowPrivilegeEscalation"]!.GetValue<bool>().Should().BeFalse();
        container["readOnlyRootFilesystem"]!.GetValue<bool>().Should().BeTrue();
        container["capabilities"]!.ToJsonString().Should().Be("""{"drop":["ALL"]}""");
        repository.Text("Dockerfile").Should().Contain("USER 10001:10001", "runAsNonRoot needs a user in digits");
    }

    [TheoryWith(Needs.Kustomize)]
    [InlineData("", "")]
    [InlineData("nginx", "letsencrypt")]
    public void EachOverlayBuilds_WithItsOwnImageReplicasAndHost(string ingressClass, string issuer)
    {
        var input = GoldenPathRendererTest.Input() with { IngressClass = ingressClass, CertificateIssuer = issuer };
        using var repository = Render(input);

        foreach (var environment in input.Environments)
        {
            var built = RenderedRepository.Run("kubectl", ["kustomize", $"deploy/overlays/{environment.Name}"], repository.Folder);
            built.Succeeded.Should().BeTrue(built.Output);
            var objects = YamlReader.ReadAll(built.Output, "built").Select(document => document.Root!).ToList();

            var deployment = Kind(objects, "Deployment");
            deployment["spec"]!["replicas"]!.GetValue<int>().Should().Be(environment.Replicas);
            deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>().Should().StartWith("ghcr.io/acme/pay:");
            var ingress = Kind(objects, "Ingress");
            ingress["spec"]!["rules"]!.AsArray().Should().ContainSingle();
            ingress["spec"]!["rules"]![0]!["host"]!.GetValue<string>().Should().Be(environment.Host);
            (ingress["spec"]!["ingressClassName"]?.GetValue<string>() ?? "").Should().Be(ingressClass);
            (ingress["spec"]!["tls"]?[0]!["hosts"]![0]!.GetValue<string>() ?? "").Should().Be(issuer.Length == 0 ? "" : environment.Host);
            objects.Select(node => node["kind"]!.GetValue<string>()).Should().BeEquivalentTo("Deployment", "Service", "Ingress", "PodDisruptionBudget");
        }
    }

    [TheoryWith(Needs.Kustomize)]
    [InlineData(null)]
    [InlineData(6)]
    public void TheNumberOfCopiesIsSaidOnce(int? most)
    {
        var environment = GoldenPathRendererTest.Input().Environments[1] with { MaxReplicas = most };
        using var repository = Render(GoldenPathRendererTest.Input() with { Environments = [environment] });

        var built = RenderedRepository.Run("kubectl", ["kustomize", "deploy/overlays/production"], repository.Folder);

        built.Succeeded.Should().BeTrue(built.Output);
        var objects = YamlReader.ReadAll(built.Output, "built").Select(document => document.Root!).ToList();
        (Kind(objects, "Deployment")["spec"]!["replicas"]?.GetValue<int>()).Should().Be(most is null ? 3 : null);
        var scaler = objects.SingleOrDefault(node => node["kind"]!.GetValue<string>() == "HorizontalPodAutoscaler");
        (scaler?["spec"]!["minReplicas"]!.GetValue<int>(), scaler?["spec"]!["maxReplicas"]!.GetValue<int>()).Should().Be(most is null ? (null, null) : (3, 6));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("postgresql", true)]
    public void CodeOfTheDatabaseIsThereWhereTheApplicationHasOne_AndNowhereElse(string database, bool expected)
    {
        using var repository = Render(GoldenPathRendererTest.Input() with { Database = database });

        repository.Files.Any(file => file.Path == "app/database.py").Should().Be(expected);
        repository.Files.Any(file => repository.Text(file.Path).Contains("psycopg", StringComparison.Ordinal)).Should().Be(expected);
        repository.Files.Any(file => repository.Text(file.Path).Contains("DATABASE_URL", StringComparison.Ordinal)).Should().Be(expected);
    }

    [Theory]
    [InlineData(MonitoringMode.Annotations, true, false)]
    [InlineData(MonitoringMode.ServiceMonitor, false, true)]
    [InlineData(MonitoringMode.None, false, false)]
    public void IsScrapedAsThePlatformDoes(MonitoringMode monitoring, bool annotations, bool serviceMonitor)
    {
        using var repository = Render(GoldenPathRendererTest.Input() with { Monitoring = monitoring });

        repository.Text("deploy/base/deployment.yaml").Contains("prometheus.io/scrape", StringComparison.Ordinal).Should().Be(annotations);
        repository.Files.Any(file => file.Path == "deploy/base/service-monitor.yaml").Should().Be(serviceMonitor);
    }

    [Fact]
    public void ANetworkPolicyLetsInItsOwnNamespaceAndThoseOfThePlatform()
    {
        var environment = GoldenPathRendererTest.Input().Environments[0] with { OwnNetworkPolicy = true };
        using var repository = Render(GoldenPathRendererTest.Input() with { Environments = [environment], AllowedNamespaces = ["ingress-nginx", "on"] });
        using var alone = Render(GoldenPathRendererTest.Input());

        var rule = repository.Yaml("deploy/overlays/staging/network-policy.yaml")["spec"]!["ingress"]![0]!;
        rule["from"]!.ToJsonString().Should().Be(
            """[{"podSelector":{}},{"namespaceSelector":{"matchExpressions":[{"key":"kubernetes.io/metadata.name","operator":"In","values":["ingress-nginx","on"]}]}}]""");
        alone.Files.Should().NotContain(file => file.Path.EndsWith("network-policy.yaml", StringComparison.Ordinal), "the guardrails hold one");
    }

    [FactWith(Needs.Python)]
    public void ThePythonCompiles_AndSaysTheDescriptionWordForWord()
    {
        using var repository = Render(GoldenPathRendererTest.Input() with { Description = Hostile });
        const string program =
            """
            import ast, json, pathlib, tomllib
            for file in pathlib.Path(".").rglob("*.py"):
                compile(file.read_text(), str(file), "exec")
            tree = ast.parse(pathlib.Path("app/__init__.py").read_text())
            said = {n.targets[0].id: n.value.value for n in tree.body if isinstance(n, ast.Assign) and isinstance(n.value, ast.Constant)}
            project = tomllib.loads(pathlib.Path("pyproject.toml").read_text())["project"]
            print(json.dumps([said["DESCRIPTION"], project["description"], project["name"]]))
            """;
        var ran = RenderedRepository.Run(Prerequisites.Python!, ["-c", program], repository.Folder);

        ran.Succeeded.Should().BeTrue(ran.Output);
        JsonNode.Parse(ran.Output)!.AsArray().Select(node => node!.GetValue<string>()).Should().Equal(Hostile, Hostile, "pay");
    }

    [TheoryWith(Needs.PythonService)]
    [InlineData("")]
    [InlineData("postgresql")]
    public void TheServicesOwnTestsPass(string database)
    {
        using var repository = Render(GoldenPathRendererTest.Input() with { Description = Hostile, Database = database });

        var ran = RenderedRepository.Run(Prerequisites.PythonService!, ["-m", "pytest", "-q", "-p", "no:cacheprovider"], repository.Folder);

        output.WriteLine(ran.Output);
        ran.Succeeded.Should().BeTrue(ran.Output);
    }

    [Fact]
    public void TheWorkflowWritesTheTagOfTheFirstEnvironmentAlone_AndEveryActionIsACommit()
    {
        using var repository = Render(GoldenPathRendererTest.Input());

        var text = repository.Text(".github/workflows/ci.yaml");
        text.Should().Contain(" deploy/overlays/staging/kustomization.yaml").And.NotContain("overlays/*").And.NotContain("overlays/production");
        text.Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal)).Should().NotBeEmpty()
            .And.OnlyContain(line => System.Text.RegularExpressions.Regex.IsMatch(line, "@[0-9a-f]{40} # v[0-9]"));
        var image = repository.Yaml(".github/workflows/ci.yaml")["jobs"]!["image"]!["steps"]![3]!["with"]!;
        (image["sbom"]!.GetValue<bool>(), image["provenance"]!.GetValue<string>()).Should().Be((true, "mode=max"));
    }

    [Fact]
    public void TheWorkflowHasNoMoreRightsThanItNeeds()
    {
        using var repository = Render(GoldenPathRendererTest.Input() with { Description = Hostile });

        var workflow = repository.Yaml(".github/workflows/ci.yaml");

        workflow["permissions"]!.ToJsonString().Should().Be("""{"contents":"read"}""");
        workflow["jobs"]!["image"]!["permissions"]!.ToJsonString().Should().Be("""{"contents":"read","packages":"write"}""");
        workflow["jobs"]!["deploy"]!["permissions"]!.ToJsonString().Should().Be("""{"contents":"write"}""");
        repository.Text(".github/workflows/ci.yaml").Should().NotContain("secrets.X", "any text in a workflow could be an expression");
    }

    [Fact]
    public void WithASeparateDeploymentRepositoryTheWorkflowWritesThere_AndNowhereElse()
    {
        using var repository = Render(GoldenPathRendererTest.Input() with { Description = Hostile, DeploymentRepository = "pay-deploy" });

        var job = repository.Yaml(".github/workflows/ci.yaml")["jobs"]!["deploy"]!;

        job["permissions"]!.ToJsonString().Should().Be("{}", "the workflow's own token is not used");
        job["steps"]![0]!["with"]!.ToJsonString().Should().Be("""{"repository":"acme/pay-deploy","token":"${{ secrets.IDP_DEPLOY_TOKEN }}"}""");
        repository.Text("README.md").Should().Contain("[pay-deploy](https://github.com/acme/pay-deploy)").And.Contain("IDP_DEPLOY_TOKEN");
        using var alone = Render(GoldenPathRendererTest.Input());
        alone.Files.Should().NotContain(file => alone.Text(file.Path).Contains("IDP_DEPLOY_TOKEN", StringComparison.Ordinal));
    }

    private static RenderedRepository Render(RenderInput input) => new("python-fastapi", input);

    private static string Name(JsonNode node) => node["metadata"]!["name"]!.GetValue<string>();

    private static JsonNode Kind(IEnumerable<JsonNode> objects, string kind) =>
        objects.Single(node => node["kind"]!.GetValue<string>() == kind);
}

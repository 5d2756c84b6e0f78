using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Entities.Tests.Manifests;

/// <summary>What is installed is what an API server takes: server-side apply refuses every field that it does not know.</summary>
[Collection(ServerCollection.Name)]
public sealed class InstallationTest(ServerWithKinds server)
{
    private static readonly Dictionary<string, ResourceKind> Kinds = new[]
    {
        WellKnownKinds.Namespace,
        WellKnownKinds.ServiceAccount,
        WellKnownKinds.NetworkPolicy,
        WellKnownKinds.RoleBinding,
        WellKnownKinds.ConfigMap,
        WellKnownKinds.Service,
        WellKnownKinds.Deployment,
        new ResourceKind("networking.k8s.io", "v1", "Ingress", "ingresses"),
        new ResourceKind("rbac.authorization.k8s.io", "v1", "Role", "roles"),
        new ResourceKind("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", Namespaced: false),
        new ResourceKind("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", Namespaced: false),
    }.ToDictionary(kind => kind.Kind);

    // Younger than the oldest API server of the tests.
    private static readonly string[] TooYoung = ["PodDisruptionBudget"];

    [Fact]
    public async Task TheApiServerTakesEveryObjectOfTheInstallation()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var objects = new[] { "config/operator", "config/webhook", "config/otlp" }.SelectMany(RepositoryFiles.In).SelectMany(RepositoryFiles.Read)
            .Where(item => item["kind"] is { } kind && kind.GetValue<string>() is not ("Kustomization" or "Component"))
            .Where(item => !TooYoung.Contains(item["kind"]!.GetValue<string>()))
            .ToList();

        // The namespace must really be there for the others to be tried.
        foreach (var item in objects.OrderBy(item => item["kind"]!.GetValue<string>() != "Namespace"))
        {
            var kind = Kinds[item["kind"]!.GetValue<string>()];
            var apply = new ApplyOptions { FieldManager = "test", DryRun = kind != WellKnownKinds.Namespace };
            await server.Client.ApplyAsync(kind, item, apply, limit.Token);
        }

        objects.Should().HaveCountGreaterThan(12);
    }

    [Fact]
    public void EveryFileOfAFolderIsInItsKustomization()
    {
        foreach (var folder in (string[])["config/crds", "config/operator", "config/webhook", "config/otlp"])
        {
            var kustomization = RepositoryFiles.Read(RepositoryFiles.PathOf($"{folder}/kustomization.yaml"))[0];
            var listed = kustomization["resources"]!.AsArray().Select(file => file!.GetValue<string>());
            var files = RepositoryFiles.In(folder).Select(file => Path.GetFileName(file));

            files.Except(["kustomization.yaml", "platform.yaml"]).Should().BeEquivalentTo(listed);
        }
    }

    [Fact]
    public void TheOperatorRunsWithoutAnyPrivilege()
    {
        var pod = RepositoryFiles.Read(RepositoryFiles.PathOf("config/operator/deployment.yaml"))[0]["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]![0]!["securityContext"]!;

        pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>().Should().BeTrue();
        pod["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>().Should().Be("RuntimeDefault");
        container["allowPrivilegeEscalation"]!.GetValue<bool>().Should().BeFalse();
        container["readOnlyRootFilesystem"]!.GetValue<bool>().Should().BeTrue();
        JsonNode.DeepEquals(container["capabilities"]!["drop"], new JsonArray("ALL")).Should().BeTrue();
    }

    [Fact]
    public void TheComponentForOtlp_OpensThePortThatItSendsTo()
    {
        var patch = RepositoryFiles.Read(RepositoryFiles.PathOf("config/otlp/kustomization.yaml"))[0]["patches"]![0]!["patch"]!.GetValue<string>();
        var variable = RepositoryFiles.Parse(patch)![0]!["value"]!;

        variable["name"]!.GetValue<string>().Should().Be("OTEL_EXPORTER_OTLP_ENDPOINT");
        var port = new Uri(variable["value"]!.GetValue<string>()).Port;
        OpenPorts("config/otlp/network-policy.yaml").Should().Contain(port);
        OpenPorts("config/operator/network-policy.yaml").Should().NotContain(port, "it is opened by choice");
    }

    [Fact]
    public void NoRoleForPeopleLetsThemWriteStatus()
    {
        // The number of a repository in status decides whose it is: docs/decisions/0011-ownership.md.
        var rules = RepositoryFiles.Read(RepositoryFiles.PathOf("config/operator/user-roles.yaml")).SelectMany(role => role["rules"]!.AsArray()).ToList();

        rules.Should().NotBeEmpty();
        foreach (var rule in rules)
        {
            rule!["apiGroups"]!.AsArray().Select(group => group!.GetValue<string>()).Should().Equal("idp.dev");
            rule["resources"]!.AsArray().Select(resource => resource!.GetValue<string>()).Should().BeSubsetOf(["backendapps", "applicationenvironments"]);
        }
    }

    [Fact]
    public void TheInstallationHoldsNoSecret() =>
        RepositoryFiles.In("config/operator").SelectMany(RepositoryFiles.Read)
            .Should().NotContain(item => item["kind"] != null && item["kind"]!.GetValue<string>() == "Secret");

    private static IEnumerable<int> OpenPorts(string policy) =>
        RepositoryFiles.Read(RepositoryFiles.PathOf(policy))[0]["spec"]!["egress"]!.AsArray()
            .SelectMany(rule => rule!["ports"]!.AsArray())
            .Select(port => (int)port!["port"]!.GetValue<long>());
}

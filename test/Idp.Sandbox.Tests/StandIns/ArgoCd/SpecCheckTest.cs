using System.Text.Json.Nodes;
using Idp.Sandbox.StandIns.ArgoCd;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.Tests.StandIns.ArgoCd;

public sealed class SpecCheckTest
{
    private static readonly JsonObject Project = Read("""
        spec:
          sourceRepos: [https://github.com/acme/*]
          destinations: [{server: https://kubernetes.default.svc, namespace: shop-*}]
          clusterResourceWhitelist: [{group: "", kind: Namespace}]
        """);

    [Theory]
    [InlineData("{}", "Destination server missing from app spec")]
    [InlineData("{name: in-cluster, server: https://kubernetes.default.svc}", "application destination can't have both name and server defined: in-cluster https://kubernetes.default.svc")]
    [InlineData("{name: mars}", "there are no clusters with this name: mars")]
    [InlineData("{server: https://mars}", "cluster 'https://mars' has not been configured")]
    [InlineData("{name: in-cluster, namespace: other}", "application destination server 'https://kubernetes.default.svc' and namespace 'other' do not match any of the allowed destinations in project 'shop'")]
    [InlineData("{name: in-cluster, namespace: shop-staging}", null)]
    public void RefusesDestinationsInArgoCdsWords(string destination, string? expected) =>
        SpecCheck.Of(Spec("https://github.com/acme/shop", destination), Project).Should().Be(expected);

    [Fact]
    public void RefusesARepositoryThatTheProjectDoesNotHave() =>
        SpecCheck.Of(Spec("https://github.com/evil/shop", "{name: in-cluster, namespace: shop-a}"), Project)
            .Should().Be("application repo https://github.com/evil/shop is not permitted in project 'shop'");

    [Fact]
    public void RefusesAProjectThatDoesNotExist() =>
        SpecCheck.Of(Spec("https://github.com/acme/shop", "{name: in-cluster}"), project: null)
            .Should().Be("Application referencing project shop which does not exist");

    [Fact]
    public void ClusterScopedKindsNeedTheProjectsWord()
    {
        SpecCheck.AllowsClusterKind(Project, "", "Namespace").Should().BeTrue();
        SpecCheck.AllowsClusterKind(Project, "rbac.authorization.k8s.io", "ClusterRole").Should().BeFalse();
    }

    private static ApplicationSpec Spec(string repository, string destination) => ApplicationSpec.Read(Read($$"""
        metadata: {name: shop}
        spec: {project: shop, source: {repoURL: "{{repository}}", path: deploy}, destination: {{destination}}}
        """));

    private static JsonObject Read(string yaml) => YamlText.ReadObjects(yaml)[0];
}

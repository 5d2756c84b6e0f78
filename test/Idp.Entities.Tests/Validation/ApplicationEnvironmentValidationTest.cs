using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Entities.Tests.Validation;

public sealed class ApplicationEnvironmentValidationTest
{
    [Fact]
    public void AGoodManifestPasses() => Errors(JsonNode.Parse(GoodManifests.ApplicationEnvironment)!).Should().BeEmpty();

    [Theory]
    [InlineData("spec.application", "/spec/application", "null")]
    [InlineData("spec.application", "/spec/application", "\"kube-proxy\"")]
    [InlineData("spec.namespace", "/spec/namespace", "\"kube-system\"")]
    [InlineData("spec.namespace", "/spec/namespace", "\"default\"")]
    [InlineData("spec.namespace", "/spec/namespace", "\"a.b\"")]
    [InlineData("spec.source.repoURL", "/spec/source/repoURL", "\"https://user:pass@github.com/acme/pay\"")]
    [InlineData("spec.source.repoURL", "/spec/source", "null")]
    [InlineData("spec.source.path", "/spec/source/path", "\"../other\"")]
    [InlineData("spec.source.path", "/spec/source/path", "\"/etc\"")]
    [InlineData("spec.source.targetRevision", "/spec/source/targetRevision", "\"--upload-pack=x\"")]
    [InlineData("spec.host", "/spec/host", "\"localhost\"")]
    [InlineData("spec.workload.image", "/spec/workload/image", "\":1\"")]
    [InlineData("spec.workload.env[0].name", "/spec/workload/env/0/name", "\"STRIPE_KEY\"")]
    [InlineData("spec.guardrails.quota", "/spec/guardrails/quota", """{"Bad Key":"1"}""")]
    [InlineData("spec.guardrails.quota.pods", "/spec/guardrails/quota", """{"pods":"many"}""")]
    [InlineData("spec.guardrails.containerDefaults.cpu", "/spec/guardrails/containerDefaults/cpu", "\"-1\"")]
    [InlineData("spec.guardrails.access[0].group", "/spec/guardrails/access/0/group", "\"a b\"")]
    public void ABadFieldIsNamed(string path, string place, string value)
    {
        var manifest = JsonNode.Parse(GoodManifests.ApplicationEnvironment)!;
        if (value == "null")
        {
            manifest.Remove(place);
        }
        else
        {
            manifest.Set(place, JsonNode.Parse(value));
        }

        Errors(manifest).Select(error => error.Path).Should().Contain(path);
    }

    [Theory]
    [InlineData("production", "payment-service-production")]
    [InlineData("payment-service-production", "payment-service-production")]
    public void TheDefaultNamespaceHasTheApplicationsNameOnce(string name, string expected)
    {
        var manifest = JsonNode.Parse(GoodManifests.ApplicationEnvironment)!;
        manifest.Remove("/spec/namespace");
        manifest.Set("/metadata/name", name);

        manifest.Deserialize(ApplicationEnvironment.JsonType)!.TargetNamespace.Should().Be(expected);
    }

    [Fact]
    public void ADefaultNamespaceThatGetsTooLongIsTheNamesFault()
    {
        var manifest = JsonNode.Parse(GoodManifests.ApplicationEnvironment)!;
        manifest.Remove("/spec/namespace");
        manifest.Set("/metadata/name", new string('e', 63));

        Errors(manifest).Select(error => error.Path).Should().Equal("metadata.name");
    }

    private static IReadOnlyList<FieldError> Errors(JsonNode manifest)
    {
        var environment = manifest.Deserialize(ApplicationEnvironment.JsonType)!;
        return ApplicationEnvironmentValidation.Validate(environment.Spec, environment.Metadata);
    }
}

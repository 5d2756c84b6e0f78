using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Entities.Tests.Validation;

public sealed class BackendAppValidationTest
{
    [Theory]
    [InlineData(GoodManifests.BackendApp)]
    [InlineData("""{"metadata":{"name":"hello"},"spec":{}}""")]
    [InlineData("""{"metadata":{"name":"hello"},"spec":{"resources":{"requests":{"cpu":"1"},"limits":{"cpu":"1000m"}}}}""")]
    public void GoodManifestsPass(string manifest) => Errors(JsonNode.Parse(manifest)!).Should().BeEmpty();

    [Theory]
    [InlineData("metadata.name", "/metadata/name", "\"payment.service\"")]
    [InlineData("metadata.name", "/metadata/name", "\"1st\"")]
    [InlineData("metadata.name", "/metadata/name", "\"kube-proxy\"")]
    [InlineData("metadata.name", "/metadata/name", "\"a123456789012345678901234567890123456789x\"")]
    [InlineData("spec.description", "/spec/description", "\"two\\nlines\"")]
    [InlineData("spec.team", "/spec/team", "\"Team\"")]
    [InlineData("spec.system", "/spec/system", "\"-\"")]
    [InlineData("spec.template.name", "/spec/template/name", "\"../secrets\"")]
    [InlineData("spec.template.parameters", "/spec/template/parameters", """{"a b":"1"}""")]
    [InlineData("spec.template.parameters.a", "/spec/template/parameters", """{"a":null}""")]
    [InlineData("spec.repository.owner", "/spec/repository/owner", "\"a--b\"")]
    [InlineData("spec.repository.name", "/spec/repository/name", "\"..\"")]
    [InlineData("spec.repository.name", "/spec/repository/name", "\"pay.git\"")]
    [InlineData("spec.repository.topics[1]", "/spec/repository/topics", """["a","B"]""")]
    [InlineData("spec.repository.topics[1]", "/spec/repository/topics", """["a","a"]""")]
    [InlineData("spec.repository.topics[0]", "/spec/repository/topics", "[null]")]
    [InlineData("spec.image", "/spec/image", "\"ghcr.io/Acme/Pay\"")]
    [InlineData("spec.image", "/spec/image", "\"pay:\"")]
    [InlineData("spec.image", "/spec/image", "\"pay:1 --privileged\"")]
    [InlineData("spec.image", "/spec/image", "\"pay:1\\n\"")]
    [InlineData("spec.replicas", "/spec/replicas", "-1")]
    [InlineData("spec.replicas", "/spec/replicas", "101")]
    [InlineData("spec.resources.requests.cpu", "/spec/resources/requests/cpu", "\"lots\"")]
    [InlineData("spec.resources.requests.cpu", "/spec/resources/requests/cpu", "-1")]
    [InlineData("spec.resources.requests.memory", "/spec/resources/requests/memory", "\"1Gi\"")]
    [InlineData("spec.env[0].name", "/spec/env/0/name", "\"1A\"")]
    [InlineData("spec.env[0].name", "/spec/env/0/name", "\"DATABASE_URL\"")]
    [InlineData("spec.env[0].name", "/spec/env/0/name", "\"STRIPE_KEY\"")]
    [InlineData("spec.env[1].name", "/spec/env", """[{"name":"A"},{"name":"A"}]""")]
    [InlineData("spec.env[1]", "/spec/env", """[{"name":"A"},null]""")]
    [InlineData("spec.secrets[0].name", "/spec/secrets/0/name", "\"DATABASE_URL\"")]
    [InlineData("spec.secrets[0].remoteRef.key", "/spec/secrets/0/remoteRef/key", "\"payments/../billing\"")]
    [InlineData("spec.secrets[0].remoteRef.key", "/spec/secrets/0/remoteRef/key", "\"/payments\"")]
    [InlineData("spec.secrets[0].remoteRef.property", "/spec/secrets/0/remoteRef/property", "\"a b\"")]
    [InlineData("spec.database.version", "/spec/database/version", "\"latest\"")]
    [InlineData("spec.database.storage", "/spec/database/storage", "\"50GB\"")]
    [InlineData("spec.database.tables[0].name", "/spec/database/tables/0/name", "\"users; drop table users\"")]
    [InlineData("spec.database.tables[0].columns", "/spec/database/tables/0/columns", "[]")]
    [InlineData("spec.database.tables[0].columns[0].type", "/spec/database/tables/0/columns/0/type", "\"uuid primary key\"")]
    [InlineData("spec.database.tables[0].columns[1].name", "/spec/database/tables/0/columns/1/name", "\"id\"")]
    [InlineData("spec.database.tables[0].primaryKey[0]", "/spec/database/tables/0/primaryKey", """["uid"]""")]
    [InlineData("spec.database.tables[0].primaryKey[1]", "/spec/database/tables/0/primaryKey", """["id","id"]""")]
    [InlineData("spec.database.tables[0].indexes[0].columns[0]", "/spec/database/tables/0/indexes/0/columns", """["age"]""")]
    [InlineData("spec.database.tables[0].indexes[0].columns", "/spec/database/tables/0/indexes/0/columns", "[]")]
    [InlineData("spec.environments[0].name", "/spec/environments/0/name", "\"Staging\"")]
    [InlineData("spec.environments[0].name", "/spec/environments/0/name", "\"a-name-of-23-characters\"")]
    [InlineData("spec.environments[1].name", "/spec/environments/0/name", "\"production\"")]
    [InlineData("spec.environments[1].host", "/spec/environments/1/host", "\"*.acme.dev\"")]
    [InlineData("spec.environments[1].host", "/spec/environments/0/host", "\"pay.acme.dev\"")]
    [InlineData("spec.environments[1].env[0].name", "/spec/environments/1/env/0/name", "\"STRIPE_KEY\"")]
    [InlineData("spec.environments[1].env[0].name", "/spec/environments/1/env/0/name", "\"DATABASE_URL\"")]
    [InlineData("spec.environments[1].replicas", "/spec/environments/1/replicas", "1000")]
    public void ABadFieldIsNamed(string path, string place, string value)
    {
        var manifest = JsonNode.Parse(GoodManifests.BackendApp)!;
        manifest.Set(place, JsonNode.Parse(value));

        Errors(manifest).Select(error => error.Path).Should().Contain(path);
    }

    [Fact]
    public void EveryErrorIsReportedAtOnce()
    {
        var manifest = JsonNode.Parse(GoodManifests.BackendApp)!;
        manifest.Set("/spec/team", "T");
        manifest.Set("/spec/environments/1/name", "P");

        Errors(manifest).Select(error => error.ToString()).Should().Equal(
            "spec.team: must be a DNS label: lower-case letters, digits and dashes, at most 63 characters",
            "spec.environments[1].name: must be a DNS label that starts with a letter, at most 22 characters");
    }

    [Fact]
    public void AnIndexNameBelongsToOneTable()
    {
        var manifest = JsonNode.Parse(GoodManifests.BackendApp)!;
        var tables = manifest["spec"]!["database"]!["tables"]!.AsArray();
        tables.Add(tables[0]!.DeepClone());
        tables[1]!["name"] = "members";

        Errors(manifest).Select(error => error.Path).Should().Equal("spec.database.tables[1].indexes");
    }

    [Fact]
    public void NoErrorRepeatsTheValueOfAVariable()
    {
        var manifest = JsonNode.Parse(GoodManifests.BackendApp)!;
        manifest.Set("/spec/env/0/value", new string('s', 5000));

        Errors(manifest).Should().ContainSingle().Which.ToString().Should().NotContain("sss");
    }

    private static IReadOnlyList<FieldError> Errors(JsonNode manifest)
    {
        var app = manifest.Deserialize(BackendApp.JsonType)!;
        return BackendAppValidation.Validate(app.Spec, app.Metadata);
    }
}

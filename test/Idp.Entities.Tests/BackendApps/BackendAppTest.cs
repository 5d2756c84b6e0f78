using System.Text.Json;

namespace Idp.Entities.Tests.BackendApps;

public sealed class BackendAppTest
{
    [Fact]
    public void AnEmptySpecIsAnApplication()
    {
        var app = Read("""{"metadata":{"name":"hello","namespace":"team-a"},"spec":{}}""");

        app.Metadata.Key.ToString().Should().Be("team-a/hello");
        app.Spec.Environments.Should().BeEmpty();
        app.Spec.Repository.Should().BeNull();
        app.Status.Conditions.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"hello"}}""")]
    [InlineData("""{"metadata":{"name":"hello"},"spec":null,"status":null}""")]
    public void AManifestWithoutASpecIsAnApplicationToo(string manifest) => Read(manifest).Spec.Suspend.Should().BeFalse();

    [Fact]
    public void WhatIsReadIsWritten()
    {
        const string Manifest = """
            {"image":"ghcr.io/acme/pay:1.2","resources":{"requests":{"cpu":"1","memory":"128Mi"}},
             "database":{"type":"postgresql","deletionPolicy":"Delete"},
             "environments":[{"name":"staging","stage":"Staging","sync":"Manual","replicas":0}]}
            """;

        var spec = JsonSerializer.Deserialize(Manifest, EntitiesJson.Default.BackendAppSpec)!;
        var again = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(spec, EntitiesJson.Default.BackendAppSpec), EntitiesJson.Default.BackendAppSpec);

        again.Should().BeEquivalentTo(spec);
        again!.Database!.Type.Should().Be(DatabaseType.PostgreSql);
        again.Environments[0].Replicas.Should().Be(0);
    }

    [Fact]
    public void AQuantityMayBeANumber() =>
        Read("""{"spec":{"resources":{"limits":{"cpu":2}}}}""").Spec.Resources!.Limits!.Cpu.Should().Be("2");

    [Theory]
    [InlineData("""{"spec":{"topics":1,"environments":null}}""", "$.spec.environments")]
    [InlineData("""{"spec":{"environments":[{}]}}""", "$.spec.environments[0]")]
    [InlineData("""{"spec":{"environments":[{"name":null}]}}""", "$.spec.environments[0].name")]
    [InlineData("""{"spec":{"environments":[{"name":"a","stage":"Moon"}]}}""", "$.spec.environments[0].stage")]
    [InlineData("""{"spec":{"environments":[{"name":"a","stage":7}]}}""", "$.spec.environments[0].stage")]
    [InlineData("""{"spec":{"resources":{"limits":{"cpu":{}}}}}""", "$.spec.resources.limits.cpu")]
    [InlineData("""{"spec":{"replicas":99999999999}}""", "$.spec.replicas")]
    public void AHostileManifestIsAJsonErrorWithAPath(string manifest, string path) =>
        FluentActions.Invoking(() => Read(manifest)).Should().Throw<JsonException>().Which.Path.Should().Be(path);

    private static BackendApp Read(string json) => JsonSerializer.Deserialize(json, BackendApp.JsonType)!;
}

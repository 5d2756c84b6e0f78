using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class TableStateTest
{
    private static readonly DateTimeOffset DatabaseReady = World.Now.AddHours(-1);

    private readonly KubeObject _table = World.Live(Samples.Plan("full").Objects.First(wanted => wanted.Kind == SchemaSection.Table));

    [Fact]
    public void HashIsTheOneThatSchemaHeroComputes()
    {
        // Computed by SchemaHero's types and Go's encoding/json from the same table.
        const string Marshalled = """{"spec":{"database":"shop-db","name":"orders","schema":{"postgres":{"primaryKey":["id"],"indexes":[{"columns":["id"],"name":"orders_id","isUnique":true}],"columns":[{"name":"id","type":"uuid","constraints":{"notNull":true}},{"name":"note","type":"text","default":"'a\u003cb\u003e\u0026\"é🚀'"}]}}}}""";
        var spec = JsonNode.Parse(
            """
            {"name":"orders","database":"shop-db","schema":{"postgres":{
              "columns":[{"constraints":{"notNull":true},"type":"uuid","name":"id"},{"default":"'a<b>&\"é🚀'","name":"note","type":"text"}],
              "indexes":[{"isUnique":true,"name":"orders_id","columns":["id"]}],
              "primaryKey":["id"]}}}
            """);

        var expected = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Marshalled)));
        TableHash.Of(spec).Should().Be(expected);
    }

    [Theory]
    [InlineData("""{"phase":"EXECUTED","executedAt":1767268740}""", ConditionStatus.True, Reasons.Succeeded)]
    [InlineData("""{"phase":"PLANNED","approvedAt":1767268740,"executedAt":1767268741}""", ConditionStatus.True, Reasons.Succeeded)]
    [InlineData("""{"phase":"PLANNED","plannedAt":1767268740}""", ConditionStatus.False, Reasons.MigrationPendingApproval)]
    [InlineData("""{"phase":"PLANNED","approvedAt":1767268740}""", ConditionStatus.False, Reasons.Progressing)]
    [InlineData("""{"phase":"APPROVED","approvedAt":1767260000}""", ConditionStatus.False, Reasons.MigrationFailed)]
    [InlineData("""{"phase":"INVALID"}""", ConditionStatus.False, Reasons.MigrationFailed)]
    [InlineData("""{"phase":"REJECTED","rejectedAt":1767268740}""", ConditionStatus.False, Reasons.MigrationFailed)]
    [InlineData("{}", ConditionStatus.False, Reasons.MigrationPendingApproval)]
    public void MigrationOfThePresentWordingDecides(string status, ConditionStatus expected, string reason)
    {
        var state = Of(_table, World.Migration(_table, status));

        state.Should().BeEquivalentTo(new { Status = expected, Reason = reason });
    }

    [Fact]
    public void MigrationOfAnOlderWordingDoesNotCount()
    {
        var older = World.Migration(_table);
        var changed = Change(_table, json => json["spec"]!["schema"]!["postgres"]!["columns"]![0]!["type"] = "text", World.Now);

        Of(changed, older).Reason.Should().Be(Reasons.Progressing);
    }

    [Fact]
    public void TableThatOnlyGotAnotherLabelStaysReady()
    {
        var migration = World.Migration(_table);
        var labelled = Change(_table, json => json["metadata"]!["labels"]![Labels.Team] = "other", World.Now);

        Of(labelled, migration).Status.Should().Be(ConditionStatus.True);
    }

    [Fact]
    public void HashOfALaterSchemaHeroIsNotNeededWhileTimesAgree()
    {
        var migration = KubeObject.From(SchemaSection.Migration, World.Migration(_table).ToJson().With(json => json["metadata"]!["name"] = "fffffff"));

        Of(_table, migration).Status.Should().Be(ConditionStatus.True);
    }

    [Fact]
    public void TableThatNeedsNoMigrationIsReadyOnceItIsKnownToBePlanned()
    {
        var hash = TableHash.Of(_table.ToJson()["spec"]);
        var planned = Change(_table, json => json["status"] = new JsonObject { ["lastPlannedTableSpecSHA"] = hash }, World.Now);

        Of(planned).Status.Should().Be(ConditionStatus.True);
        Of(_table).Status.Should().Be(ConditionStatus.False);
    }

    [Fact]
    public void PlanThatDoesNotComeCountsAsFailed()
    {
        var state = TableState.Of(_table, [], DatabaseReady, World.Now.AddMinutes(30));

        state.Reason.Should().Be(Reasons.MigrationFailed);
        state.Message.Should().Contain("payment-service-db-controller");
    }

    [Fact]
    public void PatienceBeginsWithTheDatabase()
    {
        var state = TableState.Of(_table, [], World.Now.AddMinutes(25), World.Now.AddMinutes(30));

        state.Health.Should().Be(Health.Progressing);
    }

    [Fact]
    public void MigrationOfAnotherTableDoesNotCount()
    {
        var other = World.Live(Samples.Plan("full").Objects.Last(wanted => wanted.Kind == SchemaSection.Table));

        Of(_table, World.Migration(other)).Reason.Should().Be(Reasons.Progressing);
    }

    private static ChildState Of(KubeObject table, params KubeObject[] migrations) =>
        TableState.Of(table, migrations, DatabaseReady, World.Now);

    private static KubeObject Change(KubeObject table, Action<JsonObject> change, DateTimeOffset when) =>
        KubeObject.From(table.Kind, table.ToJson().With(change).With(
            json => json["metadata"]!["managedFields"]![0]!["time"] = World.Text(when)));
}

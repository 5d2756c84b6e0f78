using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.SchemaHero;

namespace Idp.Sandbox.Tests.StandIns;

public sealed class SchemaHeroReactorTest
{
    private readonly SchemaHeroReactor _reactor = new();

    private readonly KubeObject _table = Given.Object(ForeignKinds.Table, """
        metadata: {name: shop-users}
        spec: {database: shop-db, name: users, schema: {postgres: {primaryKey: [id], columns: [{name: id, type: uuid}]}}}
        """);

    private readonly KubeObject _controller = Given.Object(
        ForeignKinds.StatefulSet, "{metadata: {name: shop-db-controller}, status: {readyReplicas: 1}}");

    [Fact]
    public void ADatabaseGetsAControllerThatWaitsForItsSecret()
    {
        var made = _reactor.React(Database(immediate: true), Given.Moment()).Makes.Should().ContainSingle().Subject;

        made.Kind.Should().Be(ForeignKinds.StatefulSet);
        made.Body.TextAt("metadata", "name").Should().Be("shop-db-controller");
        made.Body.ObjectsAt("spec", "template", "spec", "containers").Single().ObjectsAt("env").Single()
            .TextAt("valueFrom", "secretKeyRef", "name").Should().Be("shop-db-app");
    }

    [Fact]
    public void ATableWaitsForItsDatabase() =>
        _reactor.React(_table, Given.Moment(Database(immediate: true))).Makes.Should().BeEmpty();

    [Fact]
    public void APlanIsNamedByTheTableSpec()
    {
        var made = Plan(immediate: false);

        made.Body.TextAt("metadata", "name").Should().MatchRegex("^[0-9a-f]{7}$");
        made.Body.ObjectsAt("metadata", "ownerReferences").Single().TextAt("name").Should().Be("shop-users");
        made.Status.TextAt("phase").Should().Be("PLANNED");
        made.Status.NumberAt(0, "plannedAt").Should().Be(Given.Noon.ToUnixTimeSeconds());
        made.Status.At("approvedAt").Should().BeNull();
    }

    [Fact]
    public void ImmediateDeployApprovesAtBirth() =>
        Plan(immediate: true).Status.NumberAt(0, "approvedAt").Should().Be(Given.Noon.ToUnixTimeSeconds());

    [Fact]
    public void AnApprovedMigrationIsExecutedOnce()
    {
        var migration = Migration(Plan(immediate: true));

        var reaction = _reactor.React(migration, Given.Moment());
        var again = _reactor.React(migration.With(reaction.Status), Given.Moment());

        reaction.Status.TextAt("phase").Should().Be("EXECUTED");
        reaction.Status.NumberAt(0, "executedAt").Should().Be(Given.Noon.ToUnixTimeSeconds());
        again.Should().Be(Reaction.None);
    }

    [Fact]
    public void APlannedMigrationWaitsForApproval() =>
        _reactor.React(Migration(Plan(immediate: false)), Given.Moment()).Should().Be(Reaction.None);

    [Fact]
    public void TheSameSpecIsPlannedOnce()
    {
        var migration = Migration(Plan(immediate: true));

        _reactor.React(_table, Given.Moment(Database(true), _controller, migration)).Makes.Should().BeEmpty();
    }

    [Fact]
    public void OnlyLaterVersionsRecordWhatTheyPlanned()
    {
        var moment = Given.Moment(Database(immediate: true), _controller);

        _reactor.React(_table, moment).Status.Should().BeNull();
        new SchemaHeroReactor(recordsPlannedSha: true).React(_table, moment)
            .Status.TextAt("lastPlannedTableSpecSHA").Should().HaveLength(64);
    }

    private static KubeObject Database(bool immediate) => Given.Object(ForeignKinds.Database, $"""
        metadata:
          name: shop-db
        spec:
          immediateDeploy: {(immediate ? "true" : "false")}
          connection:
            postgres:
              uri:
                valueFrom:
                  secretKeyRef:
                    name: shop-db-app
                    key: uri
        """);

    private static KubeObject Migration(MadeObject made)
    {
        var body = made.Body.DeepClone().AsObject();
        body["status"] = made.Status?.DeepClone() as JsonObject;
        return KubeObject.From(ForeignKinds.Migration, body);
    }

    private MadeObject Plan(bool immediate) =>
        _reactor.React(_table, Given.Moment(Database(immediate), _controller)).Makes.Single();
}

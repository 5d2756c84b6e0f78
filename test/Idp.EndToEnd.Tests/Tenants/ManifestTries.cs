using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Sandbox.Yaml;
using static Idp.EndToEnd.Tests.Tenants.Outcome;
using static Idp.EndToEnd.Tests.Tenants.Try;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>Tries to write more than a value by way of a value.</summary>
internal static class ManifestTries
{
    private const string HealthPath = "healthPath";
    private const string Nasty = "x\"} # {{ team }} $(rm -rf /) ${{ github.token }}: [&a *a] '\\'";

    public static IEnumerable<Try> All =>
    [
        Parameter("a parameter that writes YAML", HealthPath, "/x\\nenv: [{name: X}]", "must fit"),
        Parameter("a parameter that breaks out of its quotes", HealthPath, "/x\\\"}]", "must fit"),
        Parameter("a parameter with a placeholder in it", HealthPath, "/{{ team }}", "must fit"),
        Parameter("a parameter with an expression of GitHub's", HealthPath, "/${{ github.token }}", "must fit"),
        Parameter("a number that is more", "port", "8000\\nx: y", "must be a whole number"),
        Parameter("a number out of its bounds", "port", "99999999999999999999", "must be a whole number"),
        Parameter("a version that is more than one", "pythonVersion", "3.13 && curl", "must fit"),
        Parameter("a parameter that there is not", "repository", "shop", "no parameter 'repository'"),
        App("a huge parameter", $"template: {{parameters: {{healthPath: /{new string('x', 1024)}}}}}", Invalid("spec.template.parameters")),
        App("a golden path that climbs", "template: {name: ../golden-paths/python-fastapi}", Invalid("spec.template.name")),
        App("a description of two lines", "description: \"x\\n  owner: team-a\"", Invalid("spec.description")),
        App("a description with a control character", "description: \"x\\u0000\\u001b[2J\"", Invalid("spec.description")),
        App("a description of a hundred kilobytes", $"description: {new string('x', 100_000)}", Invalid("spec.description")),
        App("a system with a control character", "system: \"x\\u0007\"", Invalid("spec.system")),
        App("a system of two lines", "system: \"x\\nowner: team-a\"", Invalid("spec.system")),
        App("an image of two lines", "image: \"ghcr.io/acme/x:1\\nghcr.io/acme/shop:1\"", Invalid("spec.image")),
        App("a topic of two words", "repository: {topics: [\"a b\"]}", Invalid("spec.repository.topics[0]")),
        App("a variable's name of two lines", "env: [{name: \"A\\nB\", value: x}]", Invalid("spec.env[0].name")),
        App("a variable's name that is an expression", "env: [{name: \"$(A)\", value: x}]", Invalid("spec.env[0].name")),
        App("a variable that the database sets", "env: [{name: DATABASE_URL, value: x}]\ndatabase: {}", Invalid("spec.env[0].name")),
        App("a secret that the database sets", "secrets: [{name: DATABASE_URL, remoteRef: {key: team-b/x}}]\ndatabase: {}", Invalid("spec.secrets[0].name")),
        App("a variable that is a secret too", "env: [{name: A, value: x}]\nsecrets: [{name: A, remoteRef: {key: team-b/x}}]", Invalid("spec.env[0].name")),
        App("a value of a hundred kilobytes", $"env: [{{name: A, value: {new string('x', 100_000)}}}]", Invalid("spec.env")),
        App("negative resources", "resources: {requests: {cpu: \"-1\"}}", Invalid("spec.resources.requests.cpu")),
        App("resources in powers", "resources: {requests: {memory: \"1e30\"}}", Invalid("spec.resources.requests.memory")),
        App("more requested than allowed", "resources: {requests: {cpu: \"2\"}, limits: {cpu: \"1\"}}", Invalid("spec.resources.requests.cpu")),
        App("replicas without end", "replicas: 2000000000", Invalid("spec.replicas")),
        App("a table that is a statement", "database: {tables: [{name: \"x; drop\", columns: [{name: id, type: uuid}]}]}", Invalid("spec.database.tables[0].name")),
        App("a type that is a statement", "database: {tables: [{name: x, columns: [{name: id, type: \"uuid); drop table y\"}]}]}", Invalid("spec.database.tables[0].columns[0].type")),
        App("storage of nothing", "database: {storage: \"0\"}", Invalid("spec.database.storage")),

        App("texts full of signs", $$"""
            description: {{JsonValue.Create(Nasty).ToJsonString()}}
            env: [{name: NASTY, value: {{JsonValue.Create(Nasty + "\n$(HOME)").ToJsonString()}}}]
            environments: [{name: staging}]
            """, new Harmless(UntilTakenLiterallyAsync)),
        App("labels and annotations of the operator's", Specs.Small, new Harmless(UntilOwnLabelsCountAsync)) with { Manifest = Pretend },
        App("resources without end", "resources: {requests: {cpu: \"99999999999999999999999999999E\"}}\nenvironments: [{name: staging}]", new Harmless(attack => attack.ReconcileAsync())),
    ];

    private static Try Parameter(string name, string parameter, string value, string words) => App(
        name, $"template: {{name: python-fastapi, parameters: {{{parameter}: \"{value}\"}}}}", new Refused(Reasons.InvalidSpec, parameter, [words]) { AsksGitHub = true });

    private static async Task UntilTakenLiterallyAsync(Attack attack)
    {
        await attack.UntilAsync("ready", item => item.Is(Conditions.Ready));
        var catalog = YamlText.ReadObjects(await attack.Attacker.ReadAsync(attack.Name, "catalog-info.yaml")).Single();
        catalog.TextAt("metadata", "description").Should().Be(Nasty);
        catalog.TextAt("spec", "owner").Should().Be(Attacker.Team);
        var deployment = await attack.Platform.GetAsync(ForeignKinds.Deployment, $"{attack.Name}-staging", attack.Name);
        var variables = deployment.ObjectsAt("spec", "template", "spec", "containers").Single().ObjectsAt("env");
        variables.Single(variable => variable.TextAt("name") == "NASTY").TextAt("value").Should().Be(Nasty + "\n$(HOME)");
    }

    private static void Pretend(Attack attack, JsonObject manifest)
    {
        manifest["metadata"]!["labels"] = new JsonObject
        {
            [Labels.ManagedBy] = Labels.Manager,
            [Labels.PartOf] = "shop",
            [Labels.Application] = "shop",
            [Labels.Environment] = "shop-staging",
            [Labels.EnvironmentNamespace] = Victim.Team,
            [Labels.Team] = Victim.Team,
        };
        manifest["metadata"]!["annotations"]!["idp.dev/deletion-policy"] = "Retain";
    }

    private static async Task UntilOwnLabelsCountAsync(Attack attack)
    {
        var item = await attack.UntilAsync("ready", item => item.Is(Conditions.Ready));
        item.TextAt("status", "team").Should().Be(Attacker.Team);
        var labels = (await attack.Platform.GetAsync(WellKnownKinds.Namespace, "", $"{attack.Name}-staging")).At("metadata", "labels");
        labels.TextAt(Labels.Team).Should().Be(Attacker.Team);
        labels.TextAt(Labels.EnvironmentNamespace).Should().Be(Attacker.Team);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns.ExternalSecrets;

namespace Idp.Sandbox.StandIns.CloudNativePg;

/// <summary>What CloudNativePG makes of a Cluster: no PostgreSQL, but its Secret and its phases.</summary>
/// <remarks>
/// Phases and conditions as in CloudNativePG 1.30.
/// https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/#clusterstatus
/// </remarks>
internal sealed class CloudNativePgReactor : IReactor
{
    private const string Healthy = "Cluster in healthy state";

    public string Name => "cloudnative-pg stand-in";

    public string FieldManager => "cloudnative-pg";

    public IReadOnlyList<ResourceKind> Subjects { get; } = [ForeignKinds.Cluster];

    public IReadOnlyList<ResourceKind> Surroundings { get; } = [ForeignKinds.Secret];

    public Reaction React(KubeObject subject, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(moment);
        if (subject.Metadata.IsDeleting)
        {
            return Reaction.None;
        }

        var body = subject.ToJson();
        var status = body["status"];
        var secret = new MadeObject(ForeignKinds.Secret, AppSecret(subject, body, moment));
        if (moment.FaultOf(subject) is { } fault)
        {
            return new Reaction { Status = Unrecoverable(body, fault, moment), Makes = [secret] };
        }

        var started = status.TextAt("phase") is null ? null : ForeignConditions.Since(status, "Ready");
        var left = status.TextAt("phase") == Healthy ? TimeSpan.Zero : moment.Left(started);
        return left > TimeSpan.Zero
            ? new Reaction { Status = SettingUp(subject, status, moment), Makes = [secret], LookAgain = left }
            : new Reaction { Status = Running(subject, body, moment), Makes = [secret] };
    }

    private static JsonObject SettingUp(KubeObject subject, JsonNode? previous, Moment moment) => new()
    {
        ["phase"] = "Setting up primary",
        ["phaseReason"] = $"Creating primary instance {subject.Key.Name}-1",
        ["instances"] = 1,
        ["readyInstances"] = 0,
        ["conditions"] = new JsonArray(NotReady(previous, moment)),
    };

    private static JsonObject Unrecoverable(JsonObject body, string why, Moment moment) => new()
    {
        ["phase"] = "Cluster is unrecoverable and needs manual intervention",
        ["phaseReason"] = why,
        ["instances"] = body.NumberAt(1, "spec", "instances"),
        ["readyInstances"] = 0,
        ["conditions"] = new JsonArray(NotReady(body["status"], moment)),
    };

    private static JsonObject Running(KubeObject subject, JsonObject body, Moment moment)
    {
        var name = subject.Key.Name;
        var instances = body.NumberAt(1, "spec", "instances");
        var status = new JsonObject
        {
            ["phase"] = Healthy,
            ["instances"] = instances,
            ["readyInstances"] = instances,
            ["currentPrimary"] = $"{name}-1",
            ["targetPrimary"] = $"{name}-1",
            ["writeService"] = $"{name}-rw",
            ["readService"] = $"{name}-r",
            ["conditions"] = new JsonArray(ForeignConditions.Condition(
                body["status"], "Ready", holds: true, "ClusterIsReady", "Cluster is Ready", moment)),
        };
        if (body.TextAt("spec", "imageName") is { } image)
        {
            status["image"] = image;
        }

        return status;
    }

    private static JsonObject NotReady(JsonNode? previous, Moment moment) => ForeignConditions.Condition(
        previous, "Ready", holds: false, "ClusterIsNotReady", "Cluster Is Not Ready", moment);

    // The password is kept over changes of everything else, as the real one keeps it.
    private static JsonObject AppSecret(KubeObject subject, JsonObject body, Moment moment)
    {
        var name = $"{subject.Key.Name}-app";
        var existing = moment.Find(ForeignKinds.Secret, subject.Key with { Name = name })?.ToJson();
        var password = existing.TextAt("data", "password") is { } kept
            ? Encoding.UTF8.GetString(Convert.FromBase64String(kept))
            : moment.RandomValue();
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = subject.Key.Namespace,
                ["labels"] = new JsonObject { ["cnpg.io/cluster"] = subject.Key.Name },
                ["annotations"] = new JsonObject { [TargetSecret.FakeAnnotation] = "true" },
                ["ownerReferences"] = new JsonArray(TargetSecret.OwnerReferenceTo(subject)),
            },
            ["type"] = "kubernetes.io/basic-auth",
            ["data"] = ConnectionData(subject.Key, body, password),
        };
    }

    private static JsonObject ConnectionData(ObjectKey cluster, JsonObject body, string password)
    {
        var user = body.TextAt("spec", "bootstrap", "initdb", "owner") ?? "app";
        var database = body.TextAt("spec", "bootstrap", "initdb", "database") ?? "app";
        var host = $"{cluster.Name}-rw";
        var address = $"{host}.{cluster.Namespace}";
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["dbname"] = database,
            ["host"] = host,
            ["jdbc-uri"] = $"jdbc:postgresql://{address}:5432/{database}?password={password}&user={user}",
            ["password"] = password,
            ["pgpass"] = $"{host}:5432:{database}:{user}:{password}\n",
            ["port"] = "5432",
            ["uri"] = $"postgresql://{user}:{password}@{address}:5432/{database}",
            ["user"] = user,
            ["username"] = user,
        };
        return new JsonObject(values.Select(pair => KeyValuePair.Create<string, JsonNode?>(
            pair.Key, Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value)))));
    }
}

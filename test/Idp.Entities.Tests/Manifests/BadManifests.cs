using System.Text.Json.Nodes;
using Idp.Entities.Tests.Validation;

namespace Idp.Entities.Tests.Manifests;

/// <summary>Good manifests with one fault each: the field to be named, the kind, the place, and what is written there.</summary>
public static class BadManifests
{
    private const string App = "BackendApp";
    private const string Environment = "ApplicationEnvironment";

    /// <summary>The schema says these, so that any API server refuses them.</summary>
    public static TheoryData<string, string, string, string> RefusedBySchema => new()
    {
        { "spec.description", App, "/spec/description", "\"two\\nlines\"" },
        { "spec.team", App, "/spec/team", "\"Team Payments\"" },
        { "spec.team", App, "/spec/team", "\"\"" },
        { "spec.system", App, "/spec/system", "\"-billing\"" },
        { "spec.template.name", App, "/spec/template/name", "\"../secrets\"" },
        { "spec.template.parameters", App, "/spec/template/parameters", """{"port":8080}""" },
        { "spec.repository.owner", App, "/spec/repository/owner", "\"acme/payments\"" },
        { "spec.repository.name", App, "/spec/repository/name", "\"..\"" },
        { "spec.repository.visibility", App, "/spec/repository/visibility", "\"Secret\"" },
        { "spec.repository.topics", App, "/spec/repository/topics", """["Payments"]""" },
        { "spec.repository.topics", App, "/spec/repository/topics", """["a","a"]""" },
        { "spec.repository.adoption", App, "/spec/repository/adoption", "\"Always\"" },
        { "spec.repository.deletionPolicy", App, "/spec/repository/deletionPolicy", "true" },
        { "spec.repository.deployment", App, "/spec/repository/deployment", "\"Elsewhere\"" },
        { "spec.image", App, "/spec/image", "\"ghcr.io/Acme/Pay\"" },
        { "spec.image", App, "/spec/image", "\"pay:1 --privileged\"" },
        { "spec.replicas", App, "/spec/replicas", "-1" },
        { "spec.replicas", App, "/spec/replicas", "101" },
        { "spec.replicas", App, "/spec/replicas", "\"3\"" },
        { "spec.resources.requests.cpu", App, "/spec/resources/requests/cpu", "\"lots\"" },
        { "spec.resources.limits.memory", App, "/spec/resources/limits/memory", "\"256MB\"" },
        { "spec.env", App, "/spec/env", """{"LOG_LEVEL":"info"}""" },
        { "spec.env.name", App, "/spec/env/0/name", "\"LOG-LEVEL\"" },
        { "spec.env.value", App, "/spec/env/0/value", "5" },
        { "spec.env[1]", App, "/spec/env", """[{"name":"A"},{"name":"A"}]""" },
        { "spec.secrets.remoteRef", App, "/spec/secrets", """[{"name":"STRIPE_KEY"}]""" },
        { "spec.secrets.remoteRef.key", App, "/spec/secrets/0/remoteRef/key", "\"payments/../billing\"" },
        { "spec.secrets.remoteRef.key", App, "/spec/secrets/0/remoteRef/key", "\"/payments\"" },
        { "spec.secrets.remoteRef.property", App, "/spec/secrets/0/remoteRef/property", "\"api key\"" },
        { "spec.database.type", App, "/spec/database/type", "\"mysql\"" },
        { "spec.database.version", App, "/spec/database/version", "17" },
        { "spec.database.version", App, "/spec/database/version", "\"latest\"" },
        { "spec.database.storage", App, "/spec/database/storage", "\"50 Gi\"" },
        { "spec.database.storage", App, "/spec/database/storage", "\"0\"" },
        { "spec.database.storage", App, "/spec/database/storage", "0" },
        { "spec.database.storage", App, "/spec/database/storage", "-1" },
        { "spec.database.storage", App, "/spec/database/storage", "\"-5Gi\"" },
        { "spec.database.storage", App, "/spec/database/storage", "\"00.0Gi\"" },
        { "spec.database.deletionPolicy", App, "/spec/database/deletionPolicy", "\"Archive\"" },
        { "spec.database.tables.name", App, "/spec/database/tables/0/name", "\"users; drop table users\"" },
        { "spec.database.tables.columns", App, "/spec/database/tables/0/columns", "[]" },
        { "spec.database.tables[0].columns[1]", App, "/spec/database/tables/0/columns/1/name", "\"id\"" },
        { "spec.database.tables.columns.type", App, "/spec/database/tables/0/columns/0/type", "\"uuid primary key\"" },
        { "spec.database.tables.columns.notNull", App, "/spec/database/tables/0/columns/0/notNull", "\"yes\"" },
        { "spec.database.tables.indexes.columns", App, "/spec/database/tables/0/indexes/0/columns", "[]" },
        { "spec.environments.name", App, "/spec/environments/0/name", "\"Staging\"" },
        { "spec.environments.name", App, "/spec/environments/0/name", "\"a-name-of-23-characters\"" },
        { "spec.environments.name", App, "/spec/environments", """[{"stage":"Staging"}]""" },
        { "spec.environments[1]", App, "/spec/environments/0/name", "\"production\"" },
        { "spec.environments.stage", App, "/spec/environments/0/stage", "\"Preview\"" },
        { "spec.environments.sync", App, "/spec/environments/0/sync", "\"automatic-ish\"" },
        { "spec.environments.host", App, "/spec/environments/1/host", "\"*.acme.dev\"" },
        { "spec.environments.host", App, "/spec/environments/1/host", "\"Pay.acme.dev\"" },
        { "spec.environments", App, "/spec/environments", Many("""{"name":"e%"}""", 11) },
        { "spec.suspend", App, "/spec/suspend", "\"true\"" },
        { "spec.application", Environment, "/spec/application", "\"Pay\"" },
        { "spec.application", Environment, "/spec/application", "\"a-name-that-is-longer-than-forty-characters\"" },
        { "spec.stage", Environment, "/spec/stage", "\"Moon\"" },
        { "spec.namespace", Environment, "/spec/namespace", "\"pay.production\"" },
        { "spec.source.repoURL", Environment, "/spec/source/repoURL", "\"https://user:token@github.com/acme/pay\"" },
        { "spec.source.repoURL", Environment, "/spec/source/repoURL", "\"file:///etc\"" },
        { "spec.source.path", Environment, "/spec/source/path", "\"../other\"" },
        { "spec.source.targetRevision", Environment, "/spec/source/targetRevision", "\"--upload-pack=x\"" },
        { "spec.host", Environment, "/spec/host", "\"localhost\"" },
        { "spec.workload.replicas", Environment, "/spec/workload/replicas", "1.5" },
        { "spec.guardrails.quota.pods", Environment, "/spec/guardrails/quota/pods", "\"many\"" },
        { "spec.guardrails.networkIsolation", Environment, "/spec/guardrails/networkIsolation", "false" },
        { "spec.guardrails.podSecurity", Environment, "/spec/guardrails/podSecurity", "\"Lax\"" },
        { "spec.guardrails.access.role", Environment, "/spec/guardrails/access/0/role", "\"Owner\"" },
        { "spec.guardrails.access.group", Environment, "/spec/guardrails/access", """[{"role":"Edit"}]""" },
    };

    /// <summary>CEL rules say these, so that servers refuse them which know rules.</summary>
    public static TheoryData<string, string, string, string> RefusedByRules => new()
    {
        { "metadata.name", App, "/metadata/name", "\"a-name-that-is-longer-than-forty-characters\"" },
        { "metadata.name", App, "/metadata/name", "\"payment.service\"" },
        { "metadata.name", App, "/metadata/name", "\"1st-service\"" },
        { "metadata.name", App, "/metadata/name", "\"kube-proxy\"" },
        { "spec.repository.name", App, "/spec/repository/name", "\"payments.git\"" },
        { "spec.repository.name", App, "/spec/repository", $$"""{"name":"{{new string('a', 94)}}","deployment":"Separate"}""" },
        { "spec.env[0].name", App, "/spec/env/0/name", "\"STRIPE_KEY\"" },
        { "spec.env[0].name", App, "/spec/env/0/name", "\"DATABASE_URL\"" },
        { "spec.secrets[0].name", App, "/spec/secrets/0/name", "\"DATABASE_URL\"" },
        { "spec.environments[1].host", App, "/spec/environments/0/host", "\"pay.acme.dev\"" },
        { "spec.environments[1].env[0].name", App, "/spec/environments/1/env/0/name", "\"STRIPE_KEY\"" },
        { "spec.environments[1].env[0].name", App, "/spec/environments/1/env/0/name", "\"DATABASE_URL\"" },
        { "spec.database.tables[0].primaryKey[0]", App, "/spec/database/tables/0/primaryKey", """["uid"]""" },
        { "spec.database.tables[0].indexes[0].columns[0]", App, "/spec/database/tables/0/indexes/0/columns", """["age"]""" },
        { "spec.namespace", Environment, "/spec/namespace", "\"kube-public\"" },
        { "spec.namespace", Environment, "/spec/namespace", "\"default\"" },
        { "spec.application", Environment, "/spec/application", "\"kube-proxy\"" },
        { "spec.workload.env[0].name", Environment, "/spec/workload/env/0/name", "\"STRIPE_KEY\"" },
        { "spec.workload.env[0].name", Environment, "/spec/workload/env/0/name", "\"DATABASE_URL\"" },
        { "spec.secrets[0].name", Environment, "/spec/secrets/0/name", "\"DATABASE_URL\"" },
        { "metadata.name", Environment, "/metadata/name", "\"pay.production\"" },
    };

    /// <summary>Nothing but the validator can say these.</summary>
    public static TheoryData<string, string, string, string> RefusedByTheOperator => new()
    {
        { "spec.resources.requests.memory", App, "/spec/resources/requests/memory", "\"1Gi\"" },
        { "spec.resources.requests.cpu", App, "/spec/resources/requests/cpu", "-1" },
        { "spec.template.parameters", App, "/spec/template/parameters", """{"a b":"1"}""" },
        { "spec.database.tables[0].primaryKey[1]", App, "/spec/database/tables/0/primaryKey", """["id","id"]""" },
        { "spec.guardrails.quota", Environment, "/spec/guardrails/quota", """{"Bad Key":"1"}""" },
    };

    /// <summary>The good manifest with the fault in it.</summary>
    public static JsonObject Make(string kind, string place, string value)
    {
        var manifest = JsonNode.Parse(kind == App ? GoodManifests.BackendApp : GoodManifests.ApplicationEnvironment)!;
        manifest["metadata"]!["namespace"] = ServerWithKinds.Trial;
        manifest.Set(place, JsonNode.Parse(value));
        return manifest.AsObject();
    }

    private static string Many(string item, int count) =>
        $"[{string.Join(',', Enumerable.Range(0, count).Select(i => item.Replace("%", $"{i}", StringComparison.Ordinal)))}]";
}

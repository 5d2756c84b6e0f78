using System.Globalization;
using Idp.Sandbox.World;
using Idp.Testing.Schemas;

namespace Idp.EndToEnd.Tests.OddObjects;

/// <summary>Random specs of BackendApps, made from the schema of <c>config/crds</c>.</summary>
/// <remarks>
/// Some fields are likely to get values that fit those of others, because a spec that asks for nothing impossible is the
/// rarer case by far. What is not named here is made from the schema alone.
/// </remarks>
internal sealed class BadSpecs(string team)
{
    private static readonly JsonObject Schema = SchemaReading
        .SchemaOf(Installer.ReadFile(SandboxPaths.Below("config", "crds", "idp.dev_backendapps.yaml"))[0])
        .Field("spec");

    private readonly Dictionary<string, string[]> _hints = new(StringComparer.Ordinal)
    {
        ["template.name"] = ["python-fastapi"],
        ["template.parameters{}"] = ["pythonVersion", "healthPath", "port"],
        ["template.parameters.*"] = ["3.13", "/healthz", "8080"],
        ["repository.owner"] = ["acme"],
        ["image"] = ["ghcr.io/acme/anything:1.2.3", "ghcr.io/acme/anything"],
        ["secrets[].remoteRef.key"] = [$"{team}/stripe", $"{team}/deep/er"],
        ["database.version"] = ["16", "17"],
        ["database.storage"] = ["1Gi", "5Gi"],
        ["database.tables[].name"] = ["users", "orders", "items"],
        ["database.tables[].columns[].name"] = ["id", "email", "created_at"],
        ["database.tables[].primaryKey[]"] = ["id"],
        ["database.tables[].indexes[].columns[]"] = ["id", "email"],
        ["environments[].name"] = ["dev", "staging", "production", "qa"],
        ["environments[].host"] = ["a.shop.acme.dev", "b.shop.acme.dev", "c.shop.acme.dev"],
        ["resources.requests.cpu"] = ["100m", "250m"],
        ["resources.requests.memory"] = ["64Mi", "128Mi"],
        ["resources.limits.cpu"] = ["500m", "1"],
        ["resources.limits.memory"] = ["256Mi", "1Gi"],
    };

    /// <summary>A spec that passes the schema.</summary>
    public JsonObject Make(int seed) => new RandomObject(new Random(seed)) { Hints = HintsFor }.Make(Schema).AsObject();

    /// <summary>A spec that the schema forbids in some place, or that is none at all.</summary>
    public JsonNode? MakeBroken(int seed) => new BrokenObject(new Random(seed)).Make(Make(seed));

    private JsonNode[]? HintsFor(string path)
    {
        var place = path.StartsWith("environments[].resources", StringComparison.Ordinal) ? path["environments[].".Length..] : path;
        return place switch
        {
            "suspend" => [false],
            "environments[].sync" => ["Automatic"],
            "replicas" or "environments[].replicas" => [1, 2, 3],
            _ => _hints.TryGetValue(place, out var values) ? [.. values.Select(value => (JsonNode)value)] : null,
        };
    }

    /// <summary>A name that is used once.</summary>
    public static string NameOf(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}");
}

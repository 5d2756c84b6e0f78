using static Idp.EndToEnd.Tests.Tenants.Outcome;
using static Idp.EndToEnd.Tests.Tenants.Try;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>Tries to get another's namespace, host or secret by way of a BackendApp.</summary>
internal static class PlaceTries
{
    private const string Hosts = "spec.environments";
    private const string Keys = "spec.secrets";

    public static IEnumerable<Try> All =>
    [
        App("kube-system", "environments: [{name: system}]", NotGranted("'kube-system'")) with { ObjectName = "kube" },
        App("a name that begins with kube-", "environments: [{name: staging}]", Invalid("metadata.name")) with { ObjectName = "kube-public" },
        App("the operator's own namespace", "environments: [{name: system}]", NotGranted("'idp-system'")) with { ObjectName = "idp" },
        App("another team's namespace", "environments: [{name: a}]", Taken("Namespace team-a")) with { ObjectName = "team" },
        App("the own team's namespace", "environments: [{name: b}]", NotGranted("'team-b'")) with { ObjectName = "team" },
        App("the namespace of another team's environment", "repository: {name: not-shop}\nenvironments: [{name: staging}]", Taken("Namespace shop-staging")) with
        {
            ObjectName = "shop",
        },
        App("a namespace that two names make", "repository: {name: not-shop-either}\nenvironments: [{name: eu-staging}]", Taken("Namespace shop-eu-staging")) with
        {
            ObjectName = "shop",
        },
        App("a name that is too long for its namespaces", "{}", Invalid("metadata.name")) with { ObjectName = new string('a', 41) },
        App("an environment that is too long for its namespace", $"environments: [{{name: {new string('a', 23)}}}]", Invalid("spec.environments[0].name")),
        App("an environment with a path", "environments: [{name: ../a}]", Invalid("spec.environments[0].name")),
        App("another team", "team: team-a", NotGranted("spec.team", "team-a", "teams[].actsAs")),
        App("another team in capitals", "team: TEAM-A", Invalid("spec.team")),

        Host("another team's host", "shop.a.acme.dev"),
        Host("a host below another team's", "x.shop.a.acme.dev"),
        Host("a host that only ends like a granted one", "evilb.acme.dev"),
        Host("the parent of the granted hosts", "b.acme.dev"),
        Host("a host with a granted one in its middle", "x.b.acme.dev.a.acme.dev"),
        Host("the host that the platform made for another team", "shop-eu-staging.apps.acme.dev"),
        App("another team's host where both may have it", "environments: [{name: staging, host: shop.shared.acme.dev}]", Taken("spec.host", "team-a/shop-staging", "choose another")),
        OddHost("every host", "\"*\""),
        OddHost("every host below a granted one", "\"*.b.acme.dev\""),
        OddHost("a host in capitals", "SHOP.A.acme.dev"),
        OddHost("a host with a dot at its end", "shop.a.acme.dev."),
        OddHost("a host with a port", "shop.a.acme.dev:443"),
        OddHost("a host with a path", "x.b.acme.dev/shop"),
        OddHost("a host in another alphabet", "ѕhop.b.acme.dev"),
        OddHost("a host of two lines", "\"x.b.acme.dev\\nshop.a.acme.dev\""),

        Secret("another team's secret", "vault-a/stripe"),
        Secret("a path that only begins like the own", "team-bad/stripe"),
        Secret("the own path in capitals", "TEAM-B/stripe"),
        Secret("the root of the own path", "team-b"),
        OddSecret("a path that climbs", "team-b/../vault-a/stripe"),
        OddSecret("a path with nothing in it", "team-b//vault-a"),
        OddSecret("an absolute path", "/vault-a/stripe"),
        OddSecret("a path with an escape", "team-b/%2e%2e/vault-a/stripe"),
        OddSecret("a path with a query", "team-b/x?version=1"),
        OddSecret("a path of two lines", "\"team-b/x\\nvault-a/stripe\""),
    ];

    private static Try Host(string name, string host) => App(
        name, $"environments: [{{name: staging, host: {host}}}]", NotGranted(Hosts, $"'{host}'", "*.b.acme.dev", "teams[].hosts"));

    private static Try OddHost(string name, string host) => App(name, $"environments: [{{name: staging, host: {host}}}]", Invalid($"{Hosts}[0].host"));

    private static Try Secret(string name, string key) => App(
        name, $"secrets: [{{name: KEY, remoteRef: {{key: {key}}}}}]", NotGranted(Keys, $"'{key}'", "team-b/*", "teams[].secretKeys"));

    private static Try OddSecret(string name, string key) => App(name, $"secrets: [{{name: KEY, remoteRef: {{key: {key}}}}}]", Invalid($"{Keys}[0].remoteRef.key"));
}

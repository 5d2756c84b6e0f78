using static Idp.EndToEnd.Tests.Tenants.Outcome;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>Tries to reach others by an ApplicationEnvironment that is written by hand.</summary>
internal static class EnvironmentTries
{
    private const string Source = "spec.source.repoURL";
    private const string Folder = "path: deploy/overlays/staging";

    public static IEnumerable<Try> All =>
    [
        Namespaced("by hand: kube-system", "kube-system", Invalid("spec.namespace")),
        Namespaced("by hand: default", "default", Invalid("spec.namespace")),
        Namespaced("by hand: the operator's own namespace", "idp-system", NotGranted("spec.namespace", "'idp-system'")),
        Namespaced("by hand: Argo CD's namespace", "argocd", NotGranted("spec.namespace", "'argocd'")),
        Namespaced("by hand: another team's namespace", "team-a", Taken("Namespace team-a")),
        Namespaced("by hand: the namespace of another team's environment", "shop-staging", Taken("Namespace shop-staging")),
        Namespaced("by hand: the own team's namespace", "team-b", NotGranted("spec.namespace", "'team-b'")),
        Namespaced("by hand: a namespace of 64 characters", new string('a', 64), Invalid("spec.namespace")),
        Namespaced("by hand: a namespace with a path", "../team-a", Invalid("spec.namespace")),

        Written("by hand: another team's application and all that it has", """
            application: shop
            stage: Production
            namespace: shop-staging
            source: {repoURL: SHOP_URL, path: deploy/overlays/staging}
            secrets: [{name: KEY, remoteRef: {key: vault-a/stripe}}]
            database: {deletionPolicy: Delete, tables: [{name: users, columns: [{name: id, type: uuid}]}]}
            """, NotGranted(Source, "team-a/shop")),
        Written("by hand: another team's application in a new namespace", """
            application: shop
            stage: Staging
            source: {repoURL: OWN_URL, path: deploy/overlays/staging}
            """, NotGranted(Source, "teams[].sources")),

        From("another team's repository", "SHOP_URL", NotGranted(Source, "team-a/shop")),
        From("another team's repository in capitals", "SHOP_URL_IN_CAPITALS", NotGranted(Source, "team-a/shop")),
        From("another team's repository without .git", "SHOP_URL_WITHOUT_GIT", NotGranted(Source, "team-a/shop")),
        From("a repository outside", "https://github.com/mallory/outside.git", NotGranted(Source, "teams[].sources")),
        From("another host with the own path", "https://example.com/acme/base-b.git", NotGranted(Source, "teams[].sources")),
        From("a host that only begins like the own", "http://127.0.0.1.example.com/acme/base-b.git", NotGranted(Source, "teams[].sources")),
        From("another port", "http://127.0.0.1:1/acme/base-b.git", NotGranted(Source, "teams[].sources")),
        From("an address with a user", "https://mallory@github.com/acme/shop.git", Invalid(Source)),
        From("an address with a user that looks like a host", "https://github.com:x@example.com/acme/shop.git", Invalid(Source)),
        From("an address as ssh writes it", "git@github.com:acme/shop.git", Invalid(Source)),
        From("an address of ssh", "ssh://git@github.com/acme/shop.git", Invalid(Source)),
        From("a file", "file:///etc", Invalid(Source)),
        From("an address that climbs", "https://github.com/acme/base-b/../shop.git", Invalid(Source)),
        From("an address with an escape", "https://github.com/acme/%73hop.git", Invalid(Source)),
        From("an address with a query", "https://github.com/acme/base-b.git?x=shop", Invalid(Source)),
        From("an address of two lines", "\"https://github.com/acme/base-b.git\\nhttps://github.com/acme/shop.git\"", Invalid(Source)),
        Written("by hand: a folder that climbs", Spec("source: {repoURL: OWN_URL, path: ../../etc}"), Invalid("spec.source.path")),
        Written("by hand: an absolute folder", Spec("source: {repoURL: OWN_URL, path: /etc}"), Invalid("spec.source.path")),
        Written("by hand: a revision that is an option", Spec($"source: {{repoURL: OWN_URL, {Folder}, targetRevision: --upload-pack=sh}}"), Invalid("spec.source.targetRevision")),
        Written("by hand: a revision with a range", Spec($"source: {{repoURL: OWN_URL, {Folder}, targetRevision: \"^main\"}}"), Invalid("spec.source.targetRevision")),

        Own("by hand: another team", "team: team-a", NotGranted("spec.team", "'team-a'", "teams[].actsAs")),
        Own("by hand: another team's secret", "secrets: [{name: KEY, remoteRef: {key: vault-a/stripe}}]", NotGranted("spec.secrets", "'vault-a/stripe'", "teams[].secretKeys")),
        Own("by hand: a secret's path that climbs", "secrets: [{name: KEY, remoteRef: {key: team-b/../vault-a/stripe}}]", Invalid("spec.secrets[0].remoteRef.key")),
        Own("by hand: another team's host", "host: shop.a.acme.dev", NotGranted("spec.host", "'shop.a.acme.dev'", "teams[].hosts")),
        Own("by hand: another team's host where both may have it", "host: shop.shared.acme.dev", Taken("spec.host", "team-a/shop-staging", "choose another")),
        Own("by hand: every host", "host: \"*\"", Invalid("spec.host")),
        Own("by hand: pods without bounds", "guardrails: {podSecurity: Privileged}", NotGranted("spec.guardrails.podSecurity", "Privileged", "ask the platform team")),
        Own("by hand: no isolation", "guardrails: {networkIsolation: None}", NotGranted("spec.guardrails.networkIsolation", "None", "ask the platform team")),
        Own("by hand: a quota above the stage's", "guardrails: {quota: {requests.cpu: \"1000\"}}", NotGranted("spec.guardrails.quota[requests.cpu]", "1k", "ask the platform team")),
        Own("by hand: access for masters", "guardrails: {access: [{group: \"system:masters\", role: Admin}]}", NotGranted("spec.guardrails.access", "system:masters", "ask the platform team")),
        Own("by hand: access for another team", "guardrails: {access: [{group: team-a, role: Edit}]}", NotGranted("spec.guardrails.access", "team-a", "ask the platform team")),
        Own("by hand: an owner in another namespace", "namespace: team-b", new Harmless(UntilCollectedAsync) { MakesOwn = false }) with { Manifest = BelongToShop },
    ];

    private static Try Written(string name, string spec, Outcome outcome) => Try.Environment(name, spec, outcome);

    private static Try Own(string name, string more, Outcome outcome) => Written(name, Spec($"source: {{repoURL: OWN_URL, {Folder}}}\n{more}"), outcome);

    private static Try Namespaced(string name, string @namespace, Outcome outcome) => Own(name, $"namespace: {@namespace}", outcome);

    private static Try From(string name, string address, Outcome outcome) => Written($"by hand: {name}", Spec($"source: {{repoURL: {address}, {Folder}}}"), outcome);

    private static string Spec(string more) => $"application: {Attacker.Base}\nstage: Development\n{more}";

    // Kubernetes itself takes away what belongs to something that is not in its namespace.
    private static Task UntilCollectedAsync(Attack attack) => attack.Platform.Watching.UntilGoneAsync(Kinds.Environment, Attacker.Team, attack.Name);

    private static void BelongToShop(Attack attack, JsonObject manifest) =>
        manifest["metadata"]!["ownerReferences"] = new JsonArray(Victim.OwnerReference(attack.Platform.Victim.ShopAsMade));
}

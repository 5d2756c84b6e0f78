using Idp.Entities;
using static Idp.EndToEnd.Tests.Tenants.Outcome;
using static Idp.EndToEnd.Tests.Tenants.Try;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>Tries to get another team's repository by what everybody may write who pushes to it or maintains it.</summary>
internal static class ForgeryTries
{
    private const string Shop = "repository: {name: shop, visibility: Public, deletionPolicy: Delete, topics: [mine]}";
    private const string AdoptShop = "repository: {name: shop, adoption: IfUnowned, visibility: Public, deletionPolicy: Delete}";

    public static IEnumerable<Try> All =>
    [
        Forgery("a forged marker with uid and name", Shop, attack => MarkAsync(attack, uid: true, name: true)),
        Forgery("a forged marker with the uid alone", Shop, attack => MarkAsync(attack, uid: true, name: false)),
        Forgery("a forged marker, with adoption", AdoptShop, attack => MarkAsync(attack, uid: true, name: true)),
        Forgery("a marker that is deleted, with adoption", AdoptShop, attack => attack.OnGitHubAsync(who => who.CommitAsync("shop", Attacker.MarkerPath, null))),
        Forgery("a marker that is no JSON, with adoption", AdoptShop, attack => attack.OnGitHubAsync(who => who.CommitAsync("shop", Attacker.MarkerPath, "{"))),
        Forgery("a marker of two megabytes", AdoptShop, attack => attack.OnGitHubAsync(who => who.CommitAsync("shop", Attacker.MarkerPath, Huge()))),
        Forgery("a forged description", Shop, attack => DescribeAsync(attack, $"Being set up for {Attacker.Team}/{attack.Name} (owner UID)")),
        Forgery(
            "a forged description with time and signature",
            AdoptShop,
            attack => DescribeAsync(attack, $"Being set up for {Attacker.Team}/{attack.Name} since 2026-01-01T00:00:00Z ({new string('A', 43)})")),
        Forgery("forged topics", Shop, attack => attack.OnGitHubAsync(who => who.GitHub.SendAsync(
            HttpMethod.Put, "repos/acme/shop/topics", $$"""{"names": ["idp-owner-{{Attacker.Team}}", "{{attack.Name}}"]}"""))),
        Forgery("an own old marker in another team's repository", Shop, attack => attack.OnGitHubAsync(
            who => who.CommitAsync("shop", Attacker.MarkerPath, who.OldMarker))) with { ObjectName = "heirloom" },
        Forgery("an own old marker brought back", "repository: {visibility: Public, deletionPolicy: Delete}", BringBackAsync) with
        {
            ObjectName = "heirloom",
            Outcome = Conflict("acme/heirloom", "team-a/heirloom"),
            Target = "heirloom",
        },
        Forgery("an own old marker brought back, with adoption", "repository: {adoption: IfUnowned, deletionPolicy: Delete}", BringBackAsync) with
        {
            ObjectName = "heirloom",
            Outcome = Conflict("acme/heirloom", "team-a/heirloom"),
            Target = "heirloom",
        },
        App("another team's marker copied into a new repository", Unproven, Conflict("choose another", "spec.repository.adoption")) with
        {
            Before = attack => attack.OnGitHubAsync(who => CopyAsync(who, attack.Name)),
        },
        App("a new repository that says it is the attacker's", Unproven, Conflict("choose another", "spec.repository.adoption")) with
        {
            Before = attack => attack.OnGitHubAsync(who => PrepareAsync(who, attack.Name, "Mine.")),
            After = attack => attack.OnGitHubAsync(async who => await who.CommitAsync(attack.Name, Attacker.MarkerPath, await MarkerAsync(attack, "{}", uid: true, name: true))),
        },
        App("a huge marker in an own repository", "repository: {visibility: Public}", new Refused(Reasons.GitHubAnswerTooLarge, Attacker.MarkerPath, ["Make it smaller"]) { Condition = Conditions.Ready, AsksGitHub = true }) with
        {
            Before = attack => attack.OnGitHubAsync(async who =>
            {
                await PrepareAsync(who, attack.Name, "Large.");
                await who.CommitAsync(attack.Name, Attacker.MarkerPath, Huge());
            }),
        },
        App("a status that says that another team's repository is the attacker's", Shop, Conflict("acme/shop", "choose another")) with
        {
            Manifest = (attack, manifest) => manifest["status"] = new JsonObject
            {
                ["observedGeneration"] = 1,
                ["conditions"] = new JsonArray(),
                ["repository"] = new JsonObject { ["id"] = attack.Platform.Victim.ShopId, ["owner"] = "acme", ["name"] = "shop" },
            },
            Target = "shop",
        },
    ];

    // A repository that only the attacker made: nobody owns it, and nothing says that it may be taken in.
    private const string Unproven = "repository: {visibility: Public, deletionPolicy: Delete}\nenvironments: [{name: staging}]";

    /// <summary>First the manifest, which gives the object a uid, then what is written to the repository.</summary>
    private static Try Forgery(string name, string spec, Func<Attack, Task> forge) =>
        App(name, spec, Conflict("acme/shop", "choose another")) with { After = forge, Target = "shop" };

    private static Task MarkAsync(Attack attack, bool uid, bool name) => attack.OnGitHubAsync(async who =>
        await who.CommitAsync("shop", Attacker.MarkerPath, await MarkerAsync(attack, await who.ReadAsync("shop", Attacker.MarkerPath), uid, name)));

    private static async Task<string> MarkerAsync(Attack attack, string before, bool uid, bool name)
    {
        // An earlier try may have left no marker, or none that can be read.
        var marker = before.StartsWith("{\"", StringComparison.Ordinal) || before.StartsWith("{\n", StringComparison.Ordinal) ? JsonNode.Parse(before)!.AsObject() : [];
        if (uid)
        {
            marker["ownerUid"] = (await attack.GetAsync()).TextAt("metadata", "uid");
        }

        marker["owner"] = name ? $"{Attacker.Team}/{attack.Name}" : "team-a/shop";
        return marker.ToJsonString();
    }

    private static Task DescribeAsync(Attack attack, string description) => attack.OnGitHubAsync(async who =>
    {
        var uid = (await attack.GetAsync()).TextAt("metadata", "uid");
        var body = new JsonObject { ["description"] = description.Replace("UID", uid, StringComparison.Ordinal) };
        await who.GitHub.SendAsync(HttpMethod.Patch, "repos/acme/shop", body.ToJsonString());
    });

    private static Task BringBackAsync(Attack attack) =>
        attack.OnGitHubAsync(who => who.CommitAsync("heirloom", Attacker.MarkerPath, who.OldMarker));

    private static async Task CopyAsync(Attacker who, string name)
    {
        await PrepareAsync(who, name, "Sells things.");
        await who.CommitAsync(name, Attacker.MarkerPath, await who.ReadAsync("billing", Attacker.MarkerPath));
    }

    private static Task<JsonObject> PrepareAsync(Attacker who, string name, string description) => who.GitHub.SendAsync(
        HttpMethod.Post, "orgs/acme/repos", $$"""{"name": "{{name}}", "private": true, "auto_init": true, "description": "{{description}}"}""");

    private static string Huge() => $$"""{"owner": "team-b/x", "ownerUid": "{{new string('x', 2 << 20)}}"}""";
}

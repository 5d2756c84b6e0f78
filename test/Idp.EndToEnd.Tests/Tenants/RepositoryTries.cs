using Idp.Entities;
using Idp.Kubernetes.Client;
using static Idp.EndToEnd.Tests.Tenants.Outcome;
using static Idp.EndToEnd.Tests.Tenants.Try;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>Tries to get another team's repository by naming it.</summary>
internal static class RepositoryTries
{
    private const string Grasp = "visibility: Public, deletionPolicy: Delete";

    public static IEnumerable<Try> All =>
    [
        App("another team's repository", $"repository: {{name: shop, {Grasp}}}", Conflict("acme/shop", "choose another")) with { Target = "shop" },
        App("another team's repository in capitals", $"repository: {{owner: ACME, name: SHOP, {Grasp}}}", Conflict("acme/shop", "choose another")),
        App("another team's repository, to be archived", "repository: {name: shop, deletionPolicy: Archive}", Conflict("acme/shop", "choose another")),
        App("another team's application by its name", $"repository: {{{Grasp}}}", Conflict("acme/shop", "choose another")) with { ObjectName = "shop" },
        App("the old name of a renamed repository", $"repository: {{name: ledger, {Grasp}}}", Conflict("ledger-book", "choose another")) with { Target = "ledger" },
        App("the new name of a renamed repository", $"repository: {{name: ledger-book, {Grasp}}}", Conflict("acme/ledger-book", "choose another")),
        App("a repository that was transferred and came back", $"repository: {{name: nomad, {Grasp}}}", Conflict("acme/nomad", "choose another")) with { Target = "nomad" },
        App(
            "a transferred repository by its name elsewhere",
            $"repository: {{owner: umbrella, name: nomad, {Grasp}}}",
            NotGranted("spec.repository.owner", "umbrella", "acme", "teams[].githubOwners")),
        App("an adopted repository", $"repository: {{name: heirloom, {Grasp}}}", Conflict("acme/heirloom", "choose another")) with { Target = "heirloom" },
        App("a deployment repository", $"repository: {{name: billing-deploy, {Grasp}}}", Conflict("acme/billing-deploy", "choose another")),
        App("both repositories of an application", $"repository: {{name: billing, deployment: Separate, {Grasp}}}", Conflict("acme/billing", "choose another")) with { Target = "billing" },
        App("a repository as one's own deployment repository", $"repository: {{deployment: Separate, {Grasp}}}", Conflict("acme/web-deploy")) with { ObjectName = "web" },
        App("the adoption of another team's repository", $"repository: {{name: shop, adoption: IfUnowned, {Grasp}}}", Conflict("acme/shop", "team-a/shop")) with { Target = "shop" },
        App("the adoption of an adopted repository", $"repository: {{name: heirloom, adoption: IfUnowned, {Grasp}}}", Conflict("acme/heirloom", "team-a/heirloom")),
        App("the adoption of a deployment repository", $"repository: {{name: billing-deploy, adoption: IfUnowned, {Grasp}}}", Conflict("acme/billing-deploy", "team-a/billing")),
        App(
            "the adoption of a repository that is not granted",
            $"repository: {{name: unowned, adoption: IfUnowned, {Grasp}}}",
            NotGranted("spec.repository.adoption", "acme/unowned", "teams[].adopt")),
        App("an organisation that is not granted", "repository: {owner: umbrella}", NotGranted("spec.repository.owner", "umbrella", "acme", "teams[].githubOwners")),
        App("the same in capitals", "repository: {owner: UMBRELLA}", NotGranted("spec.repository.owner", "UMBRELLA", "acme", "teams[].githubOwners")),
        App("an owner with a path in it", "repository: {owner: umbrella/acme, name: shop}", Invalid("spec.repository.owner")),
        App("a repository that climbs", "repository: {name: ../shop}", Invalid("spec.repository.name")),
        App("a repository that ends in .git", "repository: {name: shop.git}", Invalid("spec.repository.name")),
        App("a repository with an escape in its name", "repository: {name: base-b%2F..%2Fshop}", Invalid("spec.repository.name")),
        App("another team's repository, suspended and deleted", $"repository: {{name: shop, {Grasp}}}\nsuspend: true", new Harmless(UntilPausedAsync) { MakesOwn = false }) with { Target = "shop" },
        App("another team's repository, deleted at once", $"repository: {{name: shop, {Grasp}}}", new Harmless(_ => Task.CompletedTask) { MakesOwn = false }) with { Target = "shop" },
        App("another team's repository in place of one's own", Specs.Small, new Harmless(TurnAsync)) with { Target = "shop" },
    ];

    private static Task<JsonObject> UntilPausedAsync(Attack attack) => attack.UntilAsync("paused", item => item.Is(Conditions.Paused));

    // An API server that knows the rule refuses the second manifest; an older one lets it through.
    private static async Task TurnAsync(Attack attack)
    {
        await attack.UntilAsync("ready", item => item.Is(Conditions.Ready));
        try
        {
            await attack.ApplyAsync($"repository: {{name: shop, {Grasp}}}\nenvironments: [{{name: staging}}]");
            await attack.ReconcileAsync();
        }
        catch (InvalidException refusal)
        {
            refusal.Message.Should().Contain("spec.repository");
        }

        await attack.ApplyAsync();
    }
}

using Idp.Entities;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>GitHub tells of a change, and it is dealt with at once: nobody asks, and the next look by itself would be a day away.</summary>
public sealed class WebhookTest(WebhookPlatform platform) : IClassFixture<WebhookPlatform>
{
    private const string Spec = """
        description: As the manifest says.
        environments: [{name: staging}]
        """;

    private const string Strange = """{"description": "As a stranger says."}""";

    [Fact]
    public async Task WhatIsChangedByHand_IsPutBack()
    {
        var app = await platform.NewAppAsync("told");
        await app.MakeAsync(Spec);
        var repository = await ChangeAsync("told", Strange);
        (await DescriptionAsync("told")).Should().Be("As a stranger says.");

        (await platform.DeliverAsync("repository", Edited(repository))).Should().Be(202);

        await UntilPutBackAsync("told");
        var live = await app.GetAsync();
        live.TextAt("metadata", "annotations", Annotations.ReconcileRequestedAt).Should().BeNull("nobody asked");
        (await platform.ReadOperatorAsync("metrics")).Should().Contain("github_webhook_deliveries_total{event=\"repository\",outcome=\"accepted\"}");
    }

    [Fact]
    public async Task ARename_IsFollowed_AndShown()
    {
        var app = await platform.NewAppAsync("before");
        var made = await app.MakeAsync(Spec);
        made.TextAt("status", "repository", "url").Should().EndWith("/acme/before");
        await platform.GitHub.SendAsync(HttpMethod.Patch, "repos/acme/before", """{"name": "after"}""");
        var repository = (await platform.GitHub.FindAsync("after"))!;
        var repositories = platform.GitHub.Count();

        var payload = new JsonObject
        {
            ["action"] = "renamed",
            ["changes"] = new JsonObject { ["repository"] = new JsonObject { ["name"] = new JsonObject { ["from"] = "before" } } },
            ["repository"] = repository.DeepClone(),
        };
        (await platform.DeliverAsync("repository", payload)).Should().Be(202);

        var renamed = await app.UntilAsync(
            "shown under its new name", item => item.TextAt("status", "repository", "url")?.EndsWith("/acme/after", StringComparison.Ordinal) == true);
        renamed["status"]!["repository"]!["id"]!.GetValue<long>().Should().Be(repository["id"]!.GetValue<long>(), "it is the same one");
        platform.GitHub.Count().Should().Be(repositories, "no second one was made");
    }

    [Fact]
    public async Task ARepositoryThatIsArchived_StallsItsApplication_UntilItIsNot()
    {
        var app = await platform.NewAppAsync("shelved");
        await app.MakeAsync(Spec);
        await ToldAsync("archived", await ChangeAsync("shelved", """{"archived": true}"""));
        await app.UntilStalledAsync(Reasons.RepositoryArchived);

        await ToldAsync("unarchived", await ChangeAsync("shelved", """{"archived": false}"""));

        await app.UntilReadyAsync();

        async Task ToldAsync(string action, JsonObject repository) =>
            (await platform.DeliverAsync("repository", new JsonObject { ["action"] = action, ["repository"] = repository.DeepClone() })).Should().Be(202);
    }

    [Fact]
    public async Task WhatNobodySigned_ChangesNothing()
    {
        var (app, witness) = (await platform.NewAppAsync("forged"), await platform.NewAppAsync("witness"));
        await app.MakeAsync(Spec);
        await witness.MakeAsync(Spec);
        var repository = await ChangeAsync("forged", Strange);
        var signed = await ChangeAsync("witness", Strange);

        (await platform.DeliverAsync("repository", Edited(repository), secret: "a guess")).Should().Be(401);
        (await platform.DeliverAsync("repository", Edited(signed))).Should().Be(202);

        await UntilPutBackAsync("witness");
        (await DescriptionAsync("forged")).Should().Be("As a stranger says.", "what came before the witness was for nothing");
        await app.ReconcileAsync();
        (await DescriptionAsync("forged")).Should().Be("As the manifest says.", "and a person can still ask");
    }

    private Task UntilPutBackAsync(string name) => platform.Watching.UntilAsync(
        "the manifest's description", async () => await DescriptionAsync(name) == "As the manifest says.", TimeSpan.FromMilliseconds(200));

    private async Task<JsonObject> ChangeAsync(string name, string body) =>
        await platform.GitHub.SendAsync(HttpMethod.Patch, $"repos/acme/{name}", body);

    private async Task<string?> DescriptionAsync(string name) => (await platform.GitHub.FindAsync(name)).TextAt("description");

    private static JsonObject Edited(JsonObject repository) => new()
    {
        ["action"] = "edited",
        ["changes"] = new JsonObject { ["description"] = new JsonObject { ["from"] = "As the manifest says." } },
        ["repository"] = repository.DeepClone(),
    };
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Idp.Operator.Webhooks;

/// <summary>Which events tell of something that a repository should be. Pure.</summary>
/// <remarks>https://docs.github.com/en/webhooks/webhook-events-and-payloads</remarks>
internal static class WebhookEvents
{
    /// <summary>What the label <c>event</c> says of an event that is not named here, and of one that nobody proved to be GitHub's.</summary>
    public const string Other = "other";

    // All of these say by repository.id where to look; what is wrong there, GitHub itself is asked.
    private static readonly string[] Named =
    [
        "branch_protection_rule",
        "member",
        "ping",
        "public",
        "pull_request",
        "push",
        "repository",
        "repository_ruleset",
        "team",
        "team_add",
    ];

    /// <summary>Every label that there is.</summary>
    public static IEnumerable<string> Labels => [.. Named, Other];

    /// <summary>The value of the label <c>event</c>.</summary>
    public static string Label(string name) => Named.Contains(name) ? name : Other;

    /// <summary>Whether the repository is worth a look.</summary>
    public static bool Matters(string name, WebhookPayload payload) => payload.Repository is not null && name switch
    {
        "ping" => false,

        // Work on other branches goes on all day, and changes nothing that the platform holds.
        "push" => payload.Ref is not null && payload.Ref == $"refs/heads/{payload.Repository.DefaultBranch}",
        "pull_request" => payload.Action == "closed",
        _ => Named.Contains(name),
    };
}

/// <summary>What is read of a delivery.</summary>
/// <remarks>https://docs.github.com/en/webhooks/webhook-events-and-payloads</remarks>
internal sealed record WebhookPayload
{
    /// <summary>What happened, for events that know several things.</summary>
    public string? Action { get; init; }

    /// <summary>The branch or tag of a push.</summary>
    public string? Ref { get; init; }

    /// <summary>The repository; events of an organisation may have none.</summary>
    public WebhookRepository? Repository { get; init; }

    /// <summary>Reads the body; null where it is not what GitHub sends.</summary>
    public static WebhookPayload? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, WebhookJson.Default.WebhookPayload);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What is read of the repository that a delivery is about.</summary>
internal sealed record WebhookRepository
{
    /// <summary>The number that stays through renames and transfers.</summary>
    public required long Id { get; init; }

    /// <summary>The branch that clones check out.</summary>
    public string? DefaultBranch { get; init; }
}

/// <summary>How deliveries are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebhookPayload))]
internal sealed partial class WebhookJson : JsonSerializerContext;

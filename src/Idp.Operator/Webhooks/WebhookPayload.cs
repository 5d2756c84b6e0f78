using System.Text.Json;
using System.Text.Json.Serialization;

namespace Idp.Operator.Webhooks;

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

using System.Net.Http.Headers;
using Idp.Kubernetes.Model;
using Idp.Operator.Observability;
using Idp.Operator.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Webhooks;

/// <summary>Answers GitHub's deliveries at <c>/webhooks/github</c>.</summary>
/// <remarks>
/// Guarantees: nothing of a delivery is looked into before its signature is found to be right; whatever it says, all that it brings
/// about is a look at GitHub for an application whose status has that repository's number; no delivery is accepted twice, and one body brings at
/// most a look a minute; no part of a secret, a signature or a body gets into a log. https://docs.github.com/en/webhooks/using-webhooks/handling-webhook-deliveries
/// </remarks>
/// <param name="settings">Whether there is a webhook, and where its secret is.</param>
/// <param name="targets">What is looked at again.</param>
/// <param name="metrics">Counts deliveries.</param>
/// <param name="clock">Where time comes from.</param>
/// <param name="logger">Where is said what was accepted.</param>
public sealed partial class WebhookEndpoint(
    PlatformSettingsSource settings,
    WebhookTargets targets,
    OperatorMetrics metrics,
    TimeProvider clock,
    ILogger<WebhookEndpoint> logger)
{
    /// <summary>The one path that is answered.</summary>
    public const string Path = "/webhooks/github";

    private const int LongestHeader = 100;
    private readonly WebhookMemory _memory = new(clock);

    /// <summary>Answers a request; one that is for another path, or for a platform without a webhook, with 404.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (settings.Current.GitHub.Webhook is not { } webhook || context.Request.Path != Path)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = HttpMethods.Post;
            return;
        }

        var (label, outcome) = await JudgeAsync(context.Request, webhook.SecretFile);
        metrics.WebhookDelivered(label, outcome.Label);
        context.Response.StatusCode = outcome.Status;
        if (outcome == WebhookOutcome.TooLarge || outcome == WebhookOutcome.TimedOut)
        {
            // The rest of the body is not waited for.
            context.Response.Headers.Connection = "close";
        }
    }

    private async Task<(string Label, WebhookOutcome Outcome)> JudgeAsync(HttpRequest request, string secretFile)
    {
        if (!targets.Works)
        {
            return (WebhookEvents.Other, WebhookOutcome.Standby);
        }

        if (!IsJson(request.ContentType))
        {
            return (WebhookEvents.Other, WebhookOutcome.WrongType);
        }

        var (body, refusal) = await WebhookBody.ReadAsync(request, clock);
        if (refusal is { } refused)
        {
            return (WebhookEvents.Other, refused);
        }

        var secrets = WebhookSecret.Read(secretFile);
        if (secrets.Count == 0)
        {
            LogNoSecret(secretFile);
            return (WebhookEvents.Other, WebhookOutcome.NoSecret);
        }

        var signature = request.Headers["X-Hub-Signature-256"] is [{ } one] ? one : null;
        if (!secrets.Any(secret => WebhookSignature.IsValid(signature, secret, body)))
        {
            return (WebhookEvents.Other, WebhookOutcome.Forged);
        }

        var name = Header(request, "X-GitHub-Event");
        var delivery = Header(request, "X-GitHub-Delivery");
        if (name is null || delivery is null || WebhookPayload.Parse(body) is not { } payload)
        {
            return (WebhookEvents.Other, WebhookOutcome.Malformed);
        }

        var label = WebhookEvents.Label(name);
        return (label, Act(label, payload, delivery, signature!.ToLowerInvariant()));
    }

    private WebhookOutcome Act(string label, WebhookPayload payload, string delivery, string signature)
    {
        if (!WebhookEvents.Matters(label, payload))
        {
            return WebhookOutcome.Ignored;
        }

        // What has no effect is not remembered either: the same delivery may have one when it comes again.
        var apps = targets.Of(payload.Repository!.Id);
        if (apps.Count == 0)
        {
            return WebhookOutcome.UnknownRepository;
        }

        if (_memory.Admit(delivery, signature) is not { } wait)
        {
            return WebhookOutcome.Duplicate;
        }

        foreach (var app in apps)
        {
            LogAccepted(label, app.Key);
            targets.LookAgain(app, wait);
        }

        return WebhookOutcome.Accepted;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    private static string? Header(HttpRequest request, string name) =>
        request.Headers[name] is [{ Length: > 0 and <= LongestHeader } one] ? one : null;

    [LoggerMessage(Level = LogLevel.Debug, Message = "GitHub tells of a {Event} event: {Key} is looked at.")]
    private partial void LogAccepted(string @event, ObjectKey key);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deliveries of GitHub's webhook are refused: {Path} holds no secret or cannot be read.")]
    private partial void LogNoSecret(string path);
}

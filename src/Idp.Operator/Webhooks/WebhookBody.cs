using Microsoft.AspNetCore.Http;

namespace Idp.Operator.Webhooks;

/// <summary>Reads the body of a delivery, within a size and a time.</summary>
internal static class WebhookBody
{
    /// <summary>
    /// The most that is read. GitHub sends up to 25 MB, but only of a push of very many commits; what is not read is found by polling.
    /// </summary>
    public const int Limit = 1024 * 1024;

    /// <summary>How long a body may take: as long as GitHub waits for the answer.</summary>
    /// <remarks>https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks</remarks>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Returns the bytes, or why there are none.</summary>
    public static async Task<(byte[] Bytes, WebhookOutcome? Refusal)> ReadAsync(HttpRequest request, TimeProvider clock)
    {
        if (request.ContentLength > Limit)
        {
            return ([], WebhookOutcome.TooLarge);
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, request.HttpContext.RequestAborted);
        try
        {
            return await ReadAsync(request.Body, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return ([], WebhookOutcome.TimedOut);
        }
        catch (BadHttpRequestException)
        {
            // Broken framing, or slower than the server lets anybody be.
            return ([], WebhookOutcome.TimedOut);
        }
    }

    // One byte more than the limit tells that there is more; its length is not always said beforehand.
    private static async Task<(byte[] Bytes, WebhookOutcome? Refusal)> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (bytes.Length + count > Limit)
            {
                return ([], WebhookOutcome.TooLarge);
            }

            bytes.Write(buffer, 0, count);
        }

        return (bytes.ToArray(), null);
    }
}

using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Idp.Sandbox.GitHub;

/// <summary>Answers with more than anybody wants: JSON that goes on and on, until it is long enough or the client hangs up.</summary>
internal static class Flood
{
    private static readonly byte[] Filler = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));

    /// <summary>Writes the body.</summary>
    /// <param name="response">The answer, whose status and headers are set.</param>
    /// <param name="bytes">How long it is, before it is compressed.</param>
    /// <param name="isCompressed">Whether it is sent by gzip.</param>
    /// <param name="cancellationToken">The client has hung up.</param>
    public static async Task WriteAsync(HttpResponse response, long bytes, bool isCompressed, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json; charset=utf-8";
        if (!isCompressed)
        {
            await WriteAsync(response.Body, bytes, cancellationToken);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest);
        await WriteAsync(gzip, bytes, cancellationToken);
    }

    private static async Task WriteAsync(Stream body, long bytes, CancellationToken cancellationToken)
    {
        try
        {
            await body.WriteAsync("{\"message\":\""u8.ToArray(), cancellationToken);
            for (var left = bytes; left > 0; left -= Filler.Length)
            {
                await body.WriteAsync(Filler, cancellationToken);
            }

            await body.WriteAsync("\"}"u8.ToArray(), cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // Who asked has had enough.
        }
    }
}

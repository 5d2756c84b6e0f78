using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.World;

/// <summary>A world whose operator serves GitHub's webhook, and looks at GitHub by itself once a day.</summary>
public sealed class WebhookPlatform : Platform
{
    private const string Secret = "It's a Secret to Everybody";
    private Uri? _webhook;

    /// <summary>Delivers what GitHub would, signed.</summary>
    /// <returns>The status of the answer.</returns>
    public async Task<int> DeliverAsync(string @event, JsonObject payload, string secret = Secret)
    {
        var body = Encoding.UTF8.GetBytes(payload.ToJsonString());
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        using var request = new HttpRequestMessage(HttpMethod.Post, _webhook) { Content = new ByteArrayContent(body) };
        request.Content.Headers.Add("Content-Type", "application/json");
        request.Headers.Add("X-GitHub-Event", @event);
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add(
            "X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}");
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <inheritdoc/>
    protected override async Task<OperatorSetup> SetupAsync(CancellationToken cancellationToken)
    {
        var secretFile = Path.Combine(Sandbox.Directory, "webhook-secret");
        await File.WriteAllTextAsync(secretFile, Secret, cancellationToken);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Sandbox.PlatformPath, cancellationToken))!.AsObject();
        settings["github"]!["pollInterval"] = "24h";
        settings["github"]!["webhook"] = new JsonObject { ["secretFile"] = secretFile };
        await File.WriteAllTextAsync(Sandbox.PlatformPath, settings.ToJsonString(), cancellationToken);
        var port = FreePort();
        _webhook = new Uri($"http://127.0.0.1:{port}/webhooks/github");
        return new OperatorSetup { Arguments = ["--webhook-listen", $"127.0.0.1:{port}"] };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

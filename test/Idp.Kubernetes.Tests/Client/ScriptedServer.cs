using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>A server over TLS that answers by a script and knows what it was asked; for what no API server can be brought to do at will.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentQueue<Asked> _asked = [];
    private WebApplication? _app;

    private ScriptedServer(string[] names) => _certificate = _authority.Issue("server", names);

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<Asked> Requests => [.. _asked];

    /// <summary>The authority that issued its certificate.</summary>
    public string Authority => _authority.Pem;

    public Uri Address => new(_app!.Urls.Single());

    /// <summary>The entry of a kubeconfig that leads to it.</summary>
    public JsonObject Cluster => new() { ["server"] = Address.OriginalString, ["certificate-authority-data"] = KubeconfigFolder.Base64(Authority) };

    /// <summary>Starts it.</summary>
    /// <param name="answer">What it answers; null for an object.</param>
    /// <param name="names">What its certificate is for; by default its address.</param>
    [SuppressMessage("Security", "CA5359", Justification = "It takes any client certificate, to see which it is.")]
    public static async Task<ScriptedServer> StartAsync(Func<HttpContext, Task>? answer = null, params string[] names)
    {
        var server = new ScriptedServer(names.Length > 0 ? names : ["127.0.0.1"]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = server._certificate;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.ClientCertificateValidation = (_, _, _) => true;
        })));
        server._app = builder.Build();
        server._app.Run(async context =>
        {
            var shown = await context.Connection.GetClientCertificateAsync();
            server._asked.Enqueue(new Asked(
                $"{context.Request.Headers.Authorization}", shown?.Subject, context.Request.Protocol, context.Request.Host.Value, context.Connection.Id)
            {
                UserAgent = $"{context.Request.Headers.UserAgent}",
                AcceptEncoding = $"{context.Request.Headers.AcceptEncoding}",
            });
            await (answer?.Invoke(context) ?? context.Response.WriteAsync("""{"metadata":{"name":"a"}}"""));
        });
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
    }

    /// <summary>Refuses those who do not show what it wants to see.</summary>
    public static Func<HttpContext, Task> Wants(Func<string> authorization) => async context =>
    {
        var isGood = context.Request.Headers.Authorization == authorization();
        context.Response.StatusCode = isGood ? 200 : 401;
        await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(isGood ? """{"metadata":{"name":"a"}}""" : """{"code":401,"message":"who are you"}"""));
    };

    /// <summary>One request.</summary>
    public sealed record Asked(string Authorization, string? Certificate, string Protocol, string? Host, string Connection)
    {
        public string UserAgent { get; init; } = "";

        public string AcceptEncoding { get; init; } = "";
    }
}

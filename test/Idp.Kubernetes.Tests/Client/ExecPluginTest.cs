using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.AspNetCore.Http;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>Programs that give credentials, run by real connections.</summary>
public sealed class ExecPluginTest : IDisposable
{
    private const string Counting = "echo >> calls\n";
    private const string Group = "client.authentication.k8s.io";
    private readonly KubeconfigFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ItsArgumentsAndVariables_ArriveAsTheyAre()
    {
        await using var server = await ScriptedServer.StartAsync();
        using var client = Client(server, Print("%s-%s-%s-%s", "\"$#\" \"$1\" \"$2\" \"$EXTRA\""), new JsonArray("two words", "a\"b"));

        await AskAsync(client);

        server.Requests.Should().ContainSingle().Which.Authorization.Should().Be("Bearer 2-two words-a\"b-value");
    }

    [Fact]
    public async Task ItIsToldAboutTheCluster_WhereItAsksForThat()
    {
        await using var server = await ScriptedServer.StartAsync();
        var cluster = server.Cluster;
        cluster["certificate-authority-data"] = null;
        cluster["certificate-authority"] = _folder.Write("ca.crt", server.Authority, relative: true);
        var script = $"printf %s \"$KUBERNETES_EXEC_INFO\" > '{_folder.Path}/info'\n{Print("t", "")}";
        using var client = KubeClient.Create(_folder.Load(KubeconfigFolder.Tree(User(script), cluster)), Settings);

        await AskAsync(client);

        var info = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "info")))!;
        ((string?)info["apiVersion"]).Should().Be($"{Group}/v1");
        ((string?)info["kind"]).Should().Be("ExecCredential");
        ((bool?)info["spec"]!["interactive"]).Should().BeFalse();
        ((string?)info["spec"]!["cluster"]!["server"]).Should().Be(server.Address.OriginalString);
        ((string?)info["spec"]!["cluster"]!["certificate-authority-data"]).Should().Be(KubeconfigFolder.Base64(server.Authority));
    }

    [Fact]
    public async Task ItIsAskedAgain_OnlyWhenItsCredentialRunsOut_AndOnceForAll()
    {
        await using var server = await ScriptedServer.StartAsync();
        using var client = Client(server, Counting + Print("t$(wc -l < calls)", "", "2026-01-01T01:00:00Z"));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(client)));
        _time.Advance(TimeSpan.FromMinutes(57));
        await AskAsync(client);
        Calls.Should().Be(1);
        _time.Advance(TimeSpan.FromMinutes(2));
        await AskAsync(client);

        Calls.Should().Be(2);
        server.Requests.Select(asked => asked.Authorization).Distinct().Should().Equal("Bearer t1", "Bearer t2");
    }

    [Fact]
    public async Task ItIsAskedAgain_WhenTheServerRefuses()
    {
        var wanted = "Bearer t1";
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Wants(() => wanted));
        using var client = Client(server, Counting + Print("t$(wc -l < calls)", ""));
        await AskAsync(client);

        wanted = "Bearer t2";
        await AskAsync(client);

        server.Requests.Select(asked => asked.Authorization).Should().Equal("Bearer t1", "Bearer t1", "Bearer t2");
        Calls.Should().Be(2);
    }

    [Fact]
    public async Task CertificateThatItRenews_IsShownToTheServer()
    {
        using var authority = new TestAuthority();
        foreach (var number in new[] { 1, 2 })
        {
            using var mine = authority.Issue($"me{number}");
            var (certificate, key) = KubeconfigFolder.PemsOf(mine);
            var status = new JsonObject { ["clientCertificateData"] = certificate, ["clientKeyData"] = key, ["expirationTimestamp"] = $"2026-01-01T0{number}:00:00Z" };
            _folder.Write($"{number}.json", new JsonObject { ["apiVersion"] = $"{Group}/v1", ["kind"] = "ExecCredential", ["status"] = status }.ToJsonString());
        }

        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            // A connection shows its certificate once.
            await context.Response.WriteAsync("""{"metadata":{"name":"a"}}""");
            context.Connection.RequestClose();
        });
        using var client = Client(server, Counting + "cat \"$(wc -l < calls | tr -d ' ').json\"");

        await AskAsync(client);
        server.Requests.Should().ContainSingle().Which.Certificate.Should().Be("CN=me1");
        _time.Advance(TimeSpan.FromMinutes(59));
        await Eventually.TrueAsync(
            async () =>
            {
                await AskAsync(client);
                return server.Requests[^1].Certificate == "CN=me2";
            },
            "a new connection shows the new certificate");

        server.Requests.Should().OnlyContain(asked => asked.Authorization == "");
    }

    [Theory]
    [InlineData("exit 3", "exit code 3")]
    [InlineData("echo s3cret >&2; exit 1", "exit code 1")]
    [InlineData("echo s3cret", "no ExecCredential")]
    [InlineData("yes s3cret", "prints more than 1024 KiB")]
    [InlineData("echo '{\"status\":{\"clientCertificateData\":\"s3cret\",\"clientKeyData\":\"s3cret\"}}'", "no ExecCredential")]
    [InlineData("echo '{\"status\":{}}'", "neither a token nor a certificate")]
    public async Task BrokenPlugin_IsSaid_WithoutWhatItPrinted(string script, string expected)
    {
        await using var server = await ScriptedServer.StartAsync();
        using var client = Client(server, script);

        (await client.Awaiting(AskAsync).Should().ThrowAsync<KubeConfigException>()).Which.ToString().Should().Contain(expected).And.NotContain("s3cret");
    }

    [Fact]
    public async Task PluginThatDoesNotEnd_IsEnded()
    {
        await using var server = await ScriptedServer.StartAsync();
        using var client = Client(server, "echo $$ > pid; exec sleep 1000", settings: Settings with { Timeout = TimeSpan.FromMinutes(5) });
        var asking = AskAsync(client);
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(_folder.Path, "pid")), "the plugin runs");
        await _time.TimerWithinAsync(TimeSpan.FromMinutes(1));

        _time.Advance(TimeSpan.FromMinutes(1));

        (await asking.Awaiting(task => task).Should().ThrowAsync<KubeConfigException>()).Which.Message.Should().Contain("did not end within 60 s");
        var id = (await File.ReadAllTextAsync(Path.Combine(_folder.Path, "pid"))).Trim();
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{id}"), "the plugin is gone");
    }

    [Fact]
    public async Task MissingPlugin_IsNamed()
    {
        await using var server = await ScriptedServer.StartAsync();
        var exec = new JsonObject { ["apiVersion"] = $"{Group}/v1beta1", ["command"] = "./nowhere" };
        using var client = _folder.Client(server, new JsonObject { ["exec"] = exec });

        (await client.Awaiting(AskAsync).Should().ThrowAsync<KubeConfigException>())
            .Which.Message.Should().Contain(Path.Combine(_folder.Path, "nowhere"), "a path is relative to the kubeconfig");
    }

    private KubeClientSettings Settings => new() { Clock = _time };

    private int Calls => File.ReadAllLines(Path.Combine(_folder.Path, "calls")).Length;

    private static Task AskAsync(KubeClient client) => client.GetAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "y"), CancellationToken.None);

    private static string Print(string token, string arguments, string? expires = null)
    {
        var expiration = expires is null ? "" : $",\"expirationTimestamp\":\"{expires}\"";
        return $"token=$(printf \"{token}\" {arguments} | sed 's/\"/\\\\\"/g')\n"
            + $"printf '{{\"apiVersion\":\"{Group}/v1\",\"kind\":\"ExecCredential\",\"status\":{{\"token\":\"%s\"{expiration}}}}}' \"$token\"";
    }

    private KubeClient Client(ScriptedServer server, string script, JsonArray? arguments = null, KubeClientSettings? settings = null) =>
        _folder.Client(server, User(script, arguments), settings ?? Settings);

    private JsonObject User(string script, JsonArray? arguments = null)
    {
        var path = _folder.Write("plugin", $"#!/bin/sh\ncd '{_folder.Path}'\n{script}\n", relative: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(_folder.Path, path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new JsonObject
        {
            ["exec"] = new JsonObject
            {
                ["apiVersion"] = $"{Group}/v1",
                ["command"] = $"./{path}",
                ["args"] = arguments,
                ["env"] = new JsonArray(new JsonObject { ["name"] = "EXTRA", ["value"] = "value" }),
                ["provideClusterInfo"] = true,
            },
        };
    }
}

using System.Net;
using Idp.Sandbox.Processes;
using Idp.Sandbox.World;

namespace Idp.Sandbox.Tests.World;

/// <summary>With a shell script for an operator, and a server of the test's own that says "ready" in its place.</summary>
public sealed class OperatorProcessTest : IDisposable
{
    // The script says itself that it has come so far, by the file: before, a signal would find it without its trap.
    private const string Waits = "trap 'kill $!; exit 0' TERM; sleep 1000 & touch \"$0.started\"; wait";
    private readonly string _folder = Directory.CreateTempSubdirectory("operator-test-").FullName;
    private readonly HttpListener _ready = new();
    private readonly Uri _address;

    public OperatorProcessTest()
    {
        using var port = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        port.Start();
        _address = new Uri($"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/");
        port.Stop();
        _ready.Prefixes.Add(_address.ToString());
    }

    [Fact]
    public async Task EndsGentlyWhenAsked()
    {
        await using var process = await StartAsync(Waits);

        (await process.StopAsync(CancellationToken.None)).Should().Be(0);

        process.HasEnded.Should().BeTrue();
    }

    [Fact]
    public async Task EndsAtOnceWhenKilled()
    {
        await using var process = await StartAsync("trap '' TERM; touch \"$0.started\"; exec sleep 1000");

        await process.KillAsync(CancellationToken.None);

        File.Exists($"/proc/{process.Id}/stat").Should().BeFalse();
    }

    [Fact]
    public async Task SaysTheEndOfTheLogWhenItDoesNotStart()
    {
        var start = () => StartAsync("echo the settings are nonsense; exit 2", ready: false);

        await start.Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("The operator ended with exit code 2:*the settings are nonsense");
    }

    [Fact]
    public async Task IsGivenItsSettingsAndRights()
    {
        await using var process = await StartAsync($"echo \"$@\" > {_folder}/arguments; {Waits}");
        await process.StopAsync(CancellationToken.None);

        File.ReadAllText(Path.Combine(_folder, "arguments")).Trim().Should().Be(
            $"run --platform {_folder}/platform.yaml --kubeconfig {_folder}/kubeconfig --listen 127.0.0.1:{_address.Port} --identity one");
    }

    public void Dispose()
    {
        _ready.Close();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<OperatorProcess> StartAsync(string script, bool ready = true)
    {
        var binary = Path.Combine(_folder, "idp");
        await File.WriteAllTextAsync(binary, $"#!/usr/bin/env bash\n{script}\n");
        await new Command("chmod", "u+x", binary).RunAsync(CancellationToken.None);
        var answered = ready ? AnswerAsync(binary + ".started") : Task.CompletedTask;
        var process = await OperatorProcess.StartAsync(
            new OperatorOptions
            {
                Binary = binary,
                PlatformPath = Path.Combine(_folder, "platform.yaml"),
                Kubeconfig = Path.Combine(_folder, "kubeconfig"),
                Address = _address,
                LogPath = Path.Combine(_folder, "operator.log"),
                Identity = "one",
            },
            CancellationToken.None);
        await answered;
        return process;
    }

    // As the operator does: not ready before it has started.
    private async Task AnswerAsync(string started)
    {
        _ready.Start();
        for (var isReady = false; !isReady;)
        {
            var context = await _ready.GetContextAsync();
            isReady = File.Exists(started);
            context.Response.StatusCode = isReady ? 200 : 503;
            context.Response.Close();
        }
    }
}

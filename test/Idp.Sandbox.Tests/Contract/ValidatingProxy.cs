using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>
/// Prism between a client and the contract server: it passes everything on, and says in the header
/// <c>sl-violations</c> what breaks GitHub's description, in the request and in the answer.
/// </summary>
/// <remarks>See <see href="https://docs.stoplight.io/docs/prism"/>.</remarks>
internal sealed partial class ValidatingProxy : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly Task _reading;

    private ValidatingProxy(Process process, Task reading, Uri address)
    {
        _process = process;
        _reading = reading;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<ValidatingProxy> StartAsync(Uri server)
    {
        // Findings travel in a header, and a bad answer of a repository has more of them than Node would let through.
        var start = new ProcessStartInfo("node",
        [
            "--max-http-header-size=200000",
            ContractTools.Package("@stoplight", "prism-cli", "dist", "index.js"),
            "proxy", "--host", "127.0.0.1", "--port", "0", ContractTools.Description, server.AbsoluteUri.TrimEnd('/'),
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput, listening), ReadAsync(process.StandardError, listening));
        var proxy = new ValidatingProxy(process, reading, server);
        try
        {
            var ended = reading.ContinueWith(_ => server, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            var first = await Task.WhenAny(listening.Task, ended).WaitAsync(Patience);
            return first == listening.Task
                ? new ValidatingProxy(process, reading, await listening.Task)
                : throw new InvalidOperationException("The proxy ended before it listened.");
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader output, TaskCompletionSource<Uri> listening)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (Listening().Match(line) is { Success: true } found)
            {
                listening.TrySetResult(new Uri(found.Groups[1].Value + "/"));
            }
        }
    }

    [GeneratedRegex(@"Prism is listening on (http://127\.0\.0\.1:[0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Listening();
}

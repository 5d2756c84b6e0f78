using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Idp.Sandbox.World;

/// <summary>The operator as its users run it: a process of its own, which the sandbox can end gently or not.</summary>
/// <remarks>
/// A shell stands between, holding the only other end of a pipe: it passes signals on, and when this process ends in
/// whatever way, the pipe closes and the shell kills the operator. Only the shell's own child is ever signalled.
/// </remarks>
public sealed class OperatorProcess : IAsyncDisposable
{
    private const string Keeper = """
        exec 3<&0 2>/dev/null
        "$@" </dev/null >>"$SANDBOX_LOG" 2>&1 3<&- &
        child=$!
        echo "$child"
        { while read -r signal; do kill -s "$signal" "$child"; done; kill -s KILL "$child"; } <&3 >/dev/null 2>&1 &
        keeper=$!
        exec 3<&-
        wait "$child"
        status=$?
        kill -s KILL "$keeper" 2>/dev/null
        exit "$status"
        """;

    /// <summary>The variable that says whether .NET's diagnostics can be attached; they cannot unless an operator is given it as 1.</summary>
    public const string Diagnostics = "DOTNET_EnableDiagnostics";

    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly Process _shell;
    private readonly TimeProvider _clock;
    private bool _disposed;

    private OperatorProcess(Process shell, int id, OperatorOptions options)
    {
        (_shell, Id, _clock) = (shell, id, options.Clock);
        (Address, LogPath) = (options.Address, options.LogPath);
    }

    /// <summary>The operator's own process id.</summary>
    public int Id { get; }

    /// <summary>Where it serves health and metrics.</summary>
    public Uri Address { get; }

    /// <summary>Where its output goes.</summary>
    public string LogPath { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _shell.HasExited;

    /// <summary>Starts the operator and waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or is not ready after a minute; the message carries the end of its log.</exception>
    public static async Task<OperatorProcess> StartAsync(OperatorOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var shell = new Process { StartInfo = StartInfo(options) };
        shell.Start();
        var line = await shell.StandardOutput.ReadLineAsync(cancellationToken);
        var process = new OperatorProcess(shell, int.Parse(line ?? "0", CultureInfo.InvariantCulture), options);
        try
        {
            await process.WaitUntilReadyAsync(cancellationToken);
            return process;
        }
        catch
        {
            await process.KillAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Asks the operator to end (SIGTERM) and waits for it; kills it after half a minute.</summary>
    /// <returns>The exit code; 0 for a clean end.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("TERM", cancellationToken);
        using var grace = new CancellationTokenSource(GracePeriod, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(grace.Token, cancellationToken);
        try
        {
            await _shell.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException) when (grace.IsCancellationRequested)
        {
            await KillAsync(cancellationToken);
        }

        return _shell.ExitCode;
    }

    /// <summary>Ends the operator as a crash would (SIGKILL): nothing of its own is tidied up.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("KILL", cancellationToken);
        await _shell.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Stops it in its tracks (SIGSTOP), as a paused machine would: it lives, and knows of nothing.</summary>
    public async Task FreezeAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("STOP", cancellationToken);
        while (!HasEnded && !IsFrozen())
        {
            await Task.Delay(Glance, _clock, cancellationToken);
        }
    }

    /// <summary>Lets it go on where it stopped (SIGCONT).</summary>
    public Task ThawAsync(CancellationToken cancellationToken) => SignalAsync("CONT", cancellationToken);

    /// <summary>The last lines of its log.</summary>
    public string LogTail(int lines = 30) => Tail(LogPath, lines);

    /// <summary>Stops it, if it still runs. Disposing twice does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_shell.HasExited)
        {
            await StopAsync(CancellationToken.None);
        }

        _shell.Dispose();
    }

    private static ProcessStartInfo StartInfo(OperatorOptions options)
    {
        var listen = $"{options.Address.Host}:{options.Address.Port}";
        List<string> arguments =
        [
            "-c", Keeper, "operator", options.Binary, "run",
            "--platform", options.PlatformPath,
            "--kubeconfig", options.Kubeconfig,
            "--listen", listen,
            .. options.Arguments,
        ];
        if (options.Identity is { } identity)
        {
            arguments.AddRange(["--identity", identity]);
        }

        var info = new ProcessStartInfo("bash", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(options.PlatformPath)),
        };
        info.Environment["SANDBOX_LOG"] = options.LogPath;
        info.Environment["IDP_LOG_LEVEL"] = options.LogLevel;

        // As config/operator has it; and one that is killed leaves no sockets in the temporary folder.
        info.Environment[Diagnostics] = "0";
        foreach (var (name, value) in options.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    // The state stands behind the program's name, which is in parentheses. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    private bool IsFrozen() => File.ReadAllText($"/proc/{Id}/stat").Contains(") T ", StringComparison.Ordinal);

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        try
        {
            await _shell.StandardInput.WriteLineAsync(signal.AsMemory(), cancellationToken);
            await _shell.StandardInput.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The pipe is gone because the operator is.
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var began = _clock.GetTimestamp();
        while (!await IsReadyAsync(http, cancellationToken))
        {
            if (_shell.HasExited)
            {
                throw new InvalidOperationException(
                    $"The operator ended with exit code {_shell.ExitCode}:{Environment.NewLine}{LogTail()}");
            }

            if (_clock.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException(
                    $"The operator is not ready after {Patience.TotalSeconds:0} s:{Environment.NewLine}{LogTail()}");
            }

            await Task.Delay(Poll, _clock, cancellationToken);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("readyz", UriKind.Relative), cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false; // It is so busy starting that it did not answer in time.
        }
    }

    private static string Tail(string path, int lines) => File.Exists(path)
        ? string.Join(Environment.NewLine, File.ReadLines(path).TakeLast(lines))
        : "(no log)";
}

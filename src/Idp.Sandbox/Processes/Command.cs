using System.ComponentModel;
using System.Diagnostics;

namespace Idp.Sandbox.Processes;

/// <summary>One call of a command-line tool, with arguments that no shell reads.</summary>
public sealed record Command(string File, params IReadOnlyList<string> Arguments)
{
    /// <summary>The directory that it runs in; null for the current one.</summary>
    public string? Directory { get; init; }

    /// <summary>Variables added to the inherited environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What it reads from standard input; empty by default.</summary>
    public string Input { get; init; } = "";

    /// <summary>Runs the command to its end, and kills it with its children when cancelled.</summary>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <exception cref="FileNotFoundException">There is no such command.</exception>
    public async Task<CommandResult> RunAsync(CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo() };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new FileNotFoundException($"The command {File} cannot be started: {exception.Message}", exception);
        }

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteAsync(Input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var info = new ProcessStartInfo(File, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory ?? "",
        };
        foreach (var (name, value) in Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}

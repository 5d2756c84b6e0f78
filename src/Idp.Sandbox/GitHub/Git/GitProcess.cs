using System.Diagnostics;
using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>Runs git, with nothing of the caller's own git settings.</summary>
internal static class GitProcess
{
    public static async Task<GitResult> RunAsync(
        string repository,
        IReadOnlyList<string> arguments,
        ReadOnlyMemory<byte> input,
        CancellationToken cancellationToken,
        string? indexFile = null)
    {
        var start = StartInfo(["--git-dir", repository, .. arguments]);
        if (indexFile is not null)
        {
            start.Environment["GIT_INDEX_FILE"] = indexFile;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await WriteAsync(process.StandardInput.BaseStream, input, cancellationToken);
        await Task.WhenAll(reading, errors, process.WaitForExitAsync(cancellationToken));
        return new GitResult(process.ExitCode, output.ToArray(), await errors);
    }

    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var settings = start.Environment.Keys.Where(key => key.StartsWith("GIT_", StringComparison.Ordinal)).ToList();
        foreach (var name in settings)
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_COUNT"] = "2";
        start.Environment["GIT_CONFIG_KEY_0"] = "gc.auto";
        start.Environment["GIT_CONFIG_VALUE_0"] = "0";
        start.Environment["GIT_CONFIG_KEY_1"] = "safe.directory";
        start.Environment["GIT_CONFIG_VALUE_1"] = "*";
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static async Task WriteAsync(Stream stdin, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await stdin.WriteAsync(input, cancellationToken);
            stdin.Close();
        }
        catch (IOException)
        {
            // git has gone before it read everything; its exit code tells why.
        }
    }
}

/// <summary>What a run of git gave.</summary>
internal sealed record GitResult(int ExitCode, byte[] Output, string Error)
{
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>Returns itself if git was content, and throws with git's words otherwise.</summary>
    public GitResult Checked() => ExitCode == 0 ? this : throw new GitFailedException(Error.Trim());
}

/// <summary>git could not do what it was asked.</summary>
internal sealed class GitFailedException(string words) : Exception($"git failed: {words}");

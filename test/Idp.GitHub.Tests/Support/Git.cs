using System.Diagnostics;

namespace Idp.GitHub.Tests;

/// <summary>Runs git as a user would, without the user's settings.</summary>
internal static class Git
{
    public static async Task<string> CloneAsync(Uri address, string folder)
    {
        await RunAsync(Path.GetTempPath(), "clone", "--quiet", address.AbsoluteUri, folder);
        return folder;
    }

    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var (exitCode, output, error) = await TryAsync(folder, arguments);
        exitCode.Should().Be(0, "git {0} said: {1}", string.Join(' ', arguments), error);
        return output;
    }

    public static async Task<(int ExitCode, string Output, string Error)> TryAsync(
        string folder, params string[] arguments)
    {
        string[] identity = ["-c", "core.quotePath=false", "-c", "user.name=Someone", "-c", "user.email=someone@acme.dev"];
        var start = new ProcessStartInfo("git", [.. identity, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}

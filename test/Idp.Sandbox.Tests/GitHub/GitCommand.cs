using System.Diagnostics;
using System.Text;

namespace Idp.Sandbox.Tests.GitHub;

/// <summary>Git as a user runs it, without the user's settings.</summary>
internal static class GitCommand
{
    /// <summary>The setting by which git signs in.</summary>
    public static string Basic(string token) =>
        $"http.extraHeader=Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}"))}";

    /// <summary>Runs git, and fails where it does.</summary>
    public static async Task ShouldSucceedAsync(params string[] arguments)
    {
        var (exitCode, error) = await RunAsync(arguments);
        exitCode.Should().Be(0, error);
    }

    /// <summary>Runs git, whatever comes of it.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        string[] identity = ["-c", "user.name=Someone", "-c", "user.email=someone@acme.dev"];
        var start = new ProcessStartInfo("git", [.. identity, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, error);
    }
}

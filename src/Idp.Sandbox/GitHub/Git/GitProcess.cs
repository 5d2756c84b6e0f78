using System.Diagnostics;

namespace Idp.Sandbox.GitHub;

/// <summary>How git is started: with nothing of the caller's own git settings.</summary>
internal static class GitProcess
{
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
}

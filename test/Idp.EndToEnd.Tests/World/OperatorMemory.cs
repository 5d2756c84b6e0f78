using System.Globalization;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.World;

/// <summary>How much memory the process of an operator has, beyond what it had when this began.</summary>
/// <remarks>https://man7.org/linux/man-pages/man5/proc_pid_status.5.html</remarks>
internal sealed class OperatorMemory
{
    private readonly OperatorProcess _process;
    private readonly long _before;

    private OperatorMemory(OperatorProcess process) => (_process, _before) = (process, Read(process, "VmRSS"));

    /// <summary>The most that it had in between, beyond that.</summary>
    public long Grown => Read(_process, "VmHWM") - _before;

    /// <summary>Begins.</summary>
    public static async Task<OperatorMemory> BeginAsync(OperatorProcess process)
    {
        var memory = new OperatorMemory(process);

        // Lets the peak be what it is now.
        await File.WriteAllTextAsync($"/proc/{process.Id}/clear_refs", "5");
        return memory;
    }

    private static long Read(OperatorProcess process, string what)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").Single(entry => entry.StartsWith($"{what}:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}

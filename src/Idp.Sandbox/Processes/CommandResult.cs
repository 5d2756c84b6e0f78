namespace Idp.Sandbox.Processes;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Zero for success.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Whether the command succeeded.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last line that says something, errors first.</summary>
    public string LastLine =>
        (Error.Length > 0 ? Error : Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Trim() ?? "";
}

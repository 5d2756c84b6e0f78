using Idp.Sandbox.Processes;
using Idp.Sandbox.World;

namespace Idp.Operator.Tests.Documentation;

/// <summary>The program, asked for help.</summary>
internal static class OperatorProgram
{
    /// <summary>What it says of a verb, or of itself.</summary>
    public static async Task<string> HelpAsync(params string[] verb)
    {
        var binary = SandboxPaths.OperatorBinary() ?? throw new InvalidOperationException("The operator is not built.");
        var result = await new Command(binary, [.. verb, "--help"]).RunAsync(CancellationToken.None);
        result.Succeeded.Should().BeTrue(result.Error);
        return result.Output;
    }
}

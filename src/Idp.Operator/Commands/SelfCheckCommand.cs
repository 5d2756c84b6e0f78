using System.CommandLine;
using Idp.GitHub;

namespace Idp.Operator.Commands;

/// <summary>The verb <c>self-check</c>: for whoever builds the program.</summary>
internal static class SelfCheckCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("self-check", "Finds out, without a network, whether this build can write GitHub's requests and read its answers.") { Hidden = true };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var found = await GitHubSelfCheck.RunAsync(cancellationToken);
            foreach (var (call, problem) in found)
            {
                await output.WriteLineAsync($"{(problem is null ? "ok    " : "FAILED")} {call} {problem}".TrimEnd());
            }

            return found.All(each => each.Problem is null) ? ExitCodes.Success : ExitCodes.Refused;
        });
        return command;
    }
}

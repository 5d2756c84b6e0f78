using System.CommandLine;
using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Model;

namespace Idp.Operator.Commands;

/// <summary>The verb <c>self-check</c>: for whoever builds the program.</summary>
internal static class SelfCheckCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("self-check", "Finds out, without a network, whether this build can write GitHub's requests, read its answers and validate manifests.") { Hidden = true };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var found = await GitHubSelfCheck.RunAsync(cancellationToken);
            foreach (var (call, problem) in found)
            {
                await output.WriteLineAsync($"{(problem is null ? "ok    " : "FAILED")} {call} {problem}".TrimEnd());
            }

            var validates = KnowsLimits();
            await output.WriteLineAsync($"{(validates ? "ok    " : "FAILED")} limits of manifests");
            return validates && found.All(each => each.Problem is null) ? ExitCodes.Success : ExitCodes.Refused;
        });
        return command;
    }

    /// <summary>Whether the attributes are there that manifests are validated by; a compiler that takes what nobody names could leave them out.</summary>
    private static bool KnowsLimits()
    {
        var spec = new BackendAppSpec
        {
            Team = "no name",
            Replicas = -1,
            Template = new TemplateSpec { Parameters = new Dictionary<string, string> { ["no name"] = "" } },
            Repository = new RepositorySpec { Topics = ["twice", "twice"] },
        };
        var paths = BackendAppValidation.Validate(spec, new ObjectMeta { Name = "name" }).Select(error => error.Path);
        return paths.Order(StringComparer.Ordinal).SequenceEqual(
            ["spec.replicas", "spec.repository.topics[1]", "spec.team", "spec.template.parameters"]);
    }
}

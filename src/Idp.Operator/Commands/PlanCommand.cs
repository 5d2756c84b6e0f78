using System.CommandLine;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Commands;

/// <summary>The verb <c>plan</c>: prints what a manifest would make, by the very code that makes it.</summary>
internal static class PlanCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var file = new Option<FileInfo>("--filename", "-f") { Description = "The manifests.", HelpName = "FILE", Required = true };
        var platform = CommonOptions.Platform();
        var kubeconfig = CommonOptions.Kubeconfig();
        var context = CommonOptions.Context();
        var offline = new Option<bool>("--offline")
        {
            Description = "Ask neither the cluster nor GitHub: print everything as if nothing were there.",
        };
        var names = new Option<bool>("--names") { Description = "Print one line per object in place of the objects." };
        var command = new Command("plan", "Prints what manifests would make, and what of it differs from what is there; changes nothing.")
        {
            file, platform, kubeconfig, context, offline, names,
        };
        command.SetAction((parsed, cancellationToken) => PlanAsync(
            parsed.GetRequiredValue(file),
            new RunOptions
            {
                Platform = parsed.GetRequiredValue(platform),
                Kubeconfig = parsed.GetValue(kubeconfig),
                Context = parsed.GetValue(context),
            },
            parsed.GetValue(offline),
            new PlanOutput(parsed.InvocationConfiguration.Output, parsed.GetValue(names)),
            cancellationToken));
        return command;
    }

    private static async Task<int> PlanAsync(
        FileInfo file, RunOptions options, bool offline, PlanOutput output, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddOperatorLogging().SetMinimumLevel(LogLevel.Error));
        if (ManifestFile.Read(file) is not { } manifests || Foundation.Read(options, loggers, connect: !offline) is not { } foundation)
        {
            return ExitCodes.Usage;
        }

        await using var world = await PlanWorld.OpenAsync(foundation, loggers, cancellationToken);
        var planner = new Planner(world, output);
        var refused = false;
        foreach (var app in manifests.Apps)
        {
            refused |= !await planner.PlanAsync(app, cancellationToken);
        }

        foreach (var environment in manifests.Environments)
        {
            refused |= !planner.Plan(environment);
        }

        return refused ? ExitCodes.Refused : ExitCodes.Success;
    }
}

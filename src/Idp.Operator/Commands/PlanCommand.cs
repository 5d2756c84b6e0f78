using System.CommandLine;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Commands;

/// <summary>The verb <c>plan</c>: prints what a manifest would make, by the very code that makes it.</summary>
internal static class PlanCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var files = new Option<string[]>("--filename", "-f") { Description = "The manifests: a file, a folder, or - for standard input.", HelpName = "FILE", Required = true };
        var platform = CommonOptions.Valued<FileInfo?>(
            "--platform", "FILE", "The platform team's settings; default: those of the cluster, where there is none built-in ones.");
        var goldenPaths = new Option<string[]>("--golden-paths") { Description = "A folder of golden paths; default: those of the settings.", HelpName = "DIR" };
        var kubeconfig = CommonOptions.Kubeconfig();
        var context = CommonOptions.Context();
        var home = CommonOptions.Valued(
            "--operator-namespace", "NAME", "The namespace that the operator runs in.", CommonOptions.OperatorNamespace);
        var offline = new Option<bool>("--offline") { Description = "Ask neither the cluster nor GitHub: print everything as if nothing were there." };
        var names = new Option<bool>("--names") { Description = "Print one line per object in place of the objects." };
        var render = CommonOptions.Valued<DirectoryInfo?>("--render", "DIR", "Write the files of new repositories below this folder, as OWNER/NAME.");
        var command = new Command("plan", "Prints what manifests would make, and what of it differs from what is there; changes nothing.")
        {
            files, platform, goldenPaths, kubeconfig, context, home, offline, names, render,
        };
        command.SetAction((parsed, cancellationToken) => PlanAsync(
            new PlanOptions
            {
                Files = parsed.GetRequiredValue(files),
                Platform = parsed.GetValue(platform),
                GoldenPaths = parsed.GetValue(goldenPaths) ?? [],
                Kubeconfig = parsed.GetValue(kubeconfig),
                Context = parsed.GetValue(context),
                OperatorNamespace = parsed.GetRequiredValue(home),
                Offline = parsed.GetValue(offline),
            },
            new PlanOutput(parsed.InvocationConfiguration.Output, parsed.GetValue(names), parsed.GetValue(render)),
            cancellationToken));
        return command;
    }

    private static async Task<int> PlanAsync(PlanOptions options, PlanOutput output, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddOperatorLogging().SetMinimumLevel(LogLevel.Error));
        var notes = Console.Error;
        if (await new PlanComposition(options, loggers, notes).FindAsync(cancellationToken) is not (var composition, var asksGitHub))
        {
            return ExitCodes.Usage;
        }

        var manifests = new ManifestReader(composition.Cluster?.Namespace ?? "default").Read(options.Files, Console.In);
        if (!manifests.Succeeded)
        {
            notes.WriteLine(manifests.ErrorText);
            return ExitCodes.Usage;
        }

        await using var world = await PlanWorld.OpenAsync(composition, loggers, asksGitHub, cancellationToken);
        if (world.Hidden.Count > 0)
        {
            notes.WriteLine($"You may not list {string.Join(", ", world.Hidden)}, which a plan compares with: ask for the right to, or use --offline.");
            return ExitCodes.Usage;
        }

        return await PlanAsync(manifests.Value, new Planner(world, output), cancellationToken);
    }

    private static async Task<int> PlanAsync(Manifests manifests, Planner planner, CancellationToken cancellationToken)
    {
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

/// <summary>What the command line of <c>plan</c> says.</summary>
internal sealed record PlanOptions
{
    /// <summary>Files, folders, or <c>-</c> for standard input.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The platform's settings; null to find them.</summary>
    public FileInfo? Platform { get; init; }

    /// <summary>Folders of golden paths; empty for those of the settings.</summary>
    public IReadOnlyList<string> GoldenPaths { get; init; } = [];

    /// <summary>The kubeconfig that was asked for by name.</summary>
    public FileInfo? Kubeconfig { get; init; }

    /// <summary>The context that was asked for by name.</summary>
    public string? Context { get; init; }

    /// <summary>The namespace that the operator runs in, with the ConfigMap of its settings.</summary>
    public required string OperatorNamespace { get; init; }

    /// <summary>Whether neither the cluster nor GitHub is asked.</summary>
    public bool Offline { get; init; }

    /// <summary>Whether a cluster was asked for by name: then it is an error where it cannot be reached.</summary>
    public bool NamesCluster => Kubeconfig is not null || Context is not null;
}

using Idp.Operator.GoldenPaths;
using Idp.Operator.Observability;
using Idp.Operator.Settings;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Commands;

/// <summary>Finds what a plan needs on any machine, and says whose settings and golden paths were taken.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="loggers">For what reads files.</param>
/// <param name="notes">Hears what was taken and what is wrong: standard error, so that the plan alone is in the output.</param>
internal sealed class PlanFoundation(PlanOptions options, ILoggerFactory loggers, TextWriter notes)
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>Finds the cluster, the settings and the golden paths.</summary>
    /// <returns>What was found, and whether GitHub can be asked; null where something is wrong, which has been said.</returns>
    public async Task<(Foundation Foundation, bool AsksGitHub)?> FindAsync(CancellationToken cancellationToken)
    {
        var cluster = await PlanCluster.FindAsync(options, Clock, cancellationToken);
        if (cluster.Config is null && options.NamesCluster && !options.Offline)
        {
            notes.WriteLine($"The cluster cannot be reached: {cluster.Remark}");
            return null;
        }

        TellOfCluster(cluster);
        var settings = PlanSettings.Find(options, cluster);
        if (!settings.Succeeded)
        {
            notes.WriteLine($"The settings cannot be used:\n{settings.ErrorText}");
            return null;
        }

        notes.WriteLine($"Settings: {settings.Value.Origin}.");
        return Build(cluster, settings.Value);
    }

    private void TellOfCluster(PlanCluster cluster)
    {
        if (options.Offline)
        {
            notes.WriteLine("Cluster and GitHub: not asked (--offline); everything is printed as if nothing were there.");
        }
        else if (cluster.Config is null)
        {
            notes.WriteLine($"Cluster: none is reached ({cluster.Remark}); everything is printed as if nothing were there.");
        }
        else
        {
            notes.WriteLine($"Cluster: {cluster.Config.Server}{(cluster.Remark is null ? "" : $" ({cluster.Remark})")}.");
        }
    }

    private (Foundation Foundation, bool AsksGitHub)? Build(PlanCluster cluster, PlanSettings found)
    {
        var metrics = new OperatorMetrics();
        var folders = options.GoldenPaths.Count > 0 ? [.. options.GoldenPaths.Select(Path.GetFullPath)] : found.Folders;
        var settings = PlatformSettingsSource.Of(found.With(folders), Clock, metrics, loggers.CreateLogger<PlatformSettingsSource>());
        var missing = options.GoldenPaths.Count > 0 || found.Missing.Count == 0
            ? ""
            : $"; {string.Join(", ", found.Missing)} of the settings is not on this machine: --golden-paths DIR names what you have of it";
        var goldenPaths = GoldenPathSource.Start(settings, Clock, loggers.CreateLogger<GoldenPathSource>());
        if (!goldenPaths.Succeeded)
        {
            notes.WriteLine($"The golden paths cannot be used{missing}:\n{goldenPaths.ErrorText}");
            return null;
        }

        var names = string.Join(", ", goldenPaths.Value.Current.Names);
        notes.WriteLine($"Golden paths: {names} of {string.Join(", ", folders.Select(GoldenPathCatalog.FullPath))}{missing}.");
        var asksGitHub = cluster.Config is not null && File.Exists(found.CredentialFile);
        if (cluster.Config is not null && !asksGitHub)
        {
            notes.WriteLine($"GitHub: not asked, {found.CredentialFile} is not on this machine; a repository is there if status says so.");
        }

        var foundation = new Foundation(settings, goldenPaths.Value, cluster.Config, metrics, Clock) { OperatorNamespace = options.OperatorNamespace };
        return (foundation, asksGitHub);
    }
}

using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Observability;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Commands;

/// <summary>Finds what a plan needs on any machine, and says whose settings and golden paths were taken.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="loggers">For what reads files.</param>
/// <param name="notes">Hears what was taken and what is wrong: standard error, so that the plan alone is in the output.</param>
internal sealed class PlanComposition(PlanOptions options, ILoggerFactory loggers, TextWriter notes)
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>Finds the cluster, the settings and the golden paths.</summary>
    /// <returns>What was found, and whether GitHub can be asked; null where something is wrong, which has been said.</returns>
    public async Task<(Composition Composition, bool AsksGitHub)?> FindAsync(CancellationToken cancellationToken)
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

    private (Composition Composition, bool AsksGitHub)? Build(PlanCluster cluster, PlanSettings found)
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
        foreach (var source in options.GoldenPaths.Count > 0 ? [] : found.Settings.GoldenPaths.Repositories())
        {
            notes.WriteLine($"Golden paths: {source.Id} is not fetched here: --golden-paths DIR names a clone of it.");
        }

        notes.WriteLine($"Golden paths: {names} of {string.Join(", ", folders.Select(GoldenPathCatalog.FullPath))}{missing}.");
        var asksGitHub = cluster.Config is not null && File.Exists(found.CredentialFile);
        if (cluster.Config is not null && !asksGitHub)
        {
            notes.WriteLine($"GitHub: not asked, {found.CredentialFile} is not on this machine; a repository is there if status says so.");
        }

        var composition = new Composition(settings, goldenPaths.Value, cluster.Config, metrics, Clock) { OperatorNamespace = options.OperatorNamespace };
        return (composition, asksGitHub);
    }
}

/// <summary>The cluster that a plan looks at, and the settings that the operator has there.</summary>
/// <param name="Config">The way to it; null where none is asked.</param>
/// <param name="SettingsFrom">Where in the cluster the settings are.</param>
/// <param name="Settings">Their text; null where it cannot be read.</param>
/// <param name="Remark">Why there is no cluster, or no text; for people.</param>
internal sealed record PlanCluster(KubeConfig? Config, string SettingsFrom, string? Settings, string? Remark)
{
    private const string ConfigMapName = "idp-platform";
    private const string Key = "platform.yaml";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Without the cluster that was asked for there is no plan; without one that happens to be configured there is.
    private static readonly TimeSpan PatienceWithNamed = TimeSpan.FromSeconds(30);

    /// <summary>Asks the cluster once, and not for long where nobody named it.</summary>
    public static async Task<PlanCluster> FindAsync(PlanOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var configMap = new ObjectKey(options.OperatorNamespace, ConfigMapName);
        var none = new PlanCluster(null, $"ConfigMap {configMap}", null, null);
        if (options.Offline)
        {
            return none;
        }

        KubeConfig config;
        try
        {
            config = KubeConfig.Load(options.Kubeconfig?.FullName, options.Context);
        }
        catch (KubeConfigException error)
        {
            return none with { Remark = error.Message };
        }

        using var limit = new CancellationTokenSource(options.NamesCluster ? PatienceWithNamed : Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await AskAsync(none with { Config = config }, configMap, clock, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return none with { Remark = $"{config.Server} does not answer in time" };
        }
    }

    private static async Task<PlanCluster> AskAsync(
        PlanCluster found, ObjectKey configMap, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var client = KubeClient.Create(found.Config!, new KubeClientSettings { UserAgent = PlanWorld.UserAgent, Clock = clock });
        try
        {
            var live = await client.FindAsync(WellKnownKinds.ConfigMap, configMap, cancellationToken);
            var text = live?.ToJson()["data"]?[Key]?.GetValue<string>();
            return found with { Settings = text, Remark = text is null ? $"there is no {found.SettingsFrom} with {Key}" : null };
        }
        catch (ForbiddenException)
        {
            return found with { Remark = $"you may not read {found.SettingsFrom}" };
        }
        catch (Exception error) when (error is KubeException or KubeConfigException)
        {
            return found with { Config = null, Remark = error.Message };
        }
    }
}

/// <summary>The settings that a plan goes by.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Origin">Whose they are, for people.</param>
/// <param name="AreOfAnotherMachine">Whether the folders that they name are the operator's and need not be here.</param>
internal sealed record PlanSettings(PlatformSettings Settings, string Origin, bool AreOfAnotherMachine)
{
    private const string Bundled = "golden-paths";

    // What nobody could guess is as in the examples. Nobody knows the grants either, so nothing is refused for want of one.
    private const string BuiltIn = """
        github: {owner: acme}
        ingress: {domain: apps.acme.dev}
        teams: [{namespace: "*", githubOwners: ["*"], secretKeys: ["*"], hosts: ["*"], actsAs: ["*"]}]
        """;

    /// <summary>The folders of the golden paths that are here: those that the settings name, or those that came with this program.</summary>
    public IReadOnlyList<string> Folders => AreOfAnotherMachine && Missing.Count == Settings.GoldenPaths.Folders().Count
        ? [Bundled]
        : [.. Settings.GoldenPaths.Folders().Except(Missing)];

    /// <summary>The folders that the settings name and that only the operator has.</summary>
    public IReadOnlyList<string> Missing => AreOfAnotherMachine
        ? [.. Settings.GoldenPaths.Folders().Where(folder => !Directory.Exists(GoldenPathCatalog.FullPath(folder)))]
        : [];

    /// <summary>The file with what the operator shows GitHub, which only people who keep it have.</summary>
    public string CredentialFile => Settings.GitHub.App?.PrivateKeyFile ?? Settings.GitHub.TokenFile;

    /// <summary>The file that was named, else the one that the operator's own pod has, else the cluster's, else built-in ones.</summary>
    /// <returns>The settings, or every error in them.</returns>
    public static Loaded<PlanSettings> Find(PlanOptions options, PlanCluster cluster)
    {
        var mounted = new FileInfo(CommonOptions.MountedSettings);
        if ((options.Platform ?? (mounted.Exists ? mounted : null)) is { } file)
        {
            return Of(PlatformSettingsLoader.Load(file.FullName), file.FullName, areOfAnotherMachine: false);
        }

        if (cluster is { Settings: { } text, Config: { } config })
        {
            return Of(PlatformSettingsLoader.Parse(text, cluster.SettingsFrom), $"{cluster.SettingsFrom} of {config.Server}", areOfAnotherMachine: true);
        }

        const string Origin = "built in (GitHub owner acme, domain apps.acme.dev, no grants are checked); --platform FILE names yours";
        return Of(PlatformSettingsLoader.Parse(BuiltIn, "built-in settings"), Origin, areOfAnotherMachine: true);
    }

    /// <summary>The same with other golden paths.</summary>
    public PlatformSettings With(IReadOnlyList<string> folders) =>
        Settings with { GoldenPaths = Settings.GoldenPaths with { Directories = folders, Sources = [] } };

    private static Loaded<PlanSettings> Of(Loaded<PlatformSettings> loaded, string origin, bool areOfAnotherMachine) => loaded.Succeeded
        ? Loaded<PlanSettings>.Of(new PlanSettings(loaded.Value, origin, areOfAnotherMachine))
        : Loaded<PlanSettings>.Failed(loaded.Errors);
}

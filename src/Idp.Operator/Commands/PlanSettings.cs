using Idp.Operator.GoldenPaths;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;

namespace Idp.Operator.Commands;

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
    public IReadOnlyList<string> Folders => AreOfAnotherMachine && Missing.Count == Settings.GoldenPaths.Directories.Count
        ? [Bundled]
        : [.. Settings.GoldenPaths.Directories.Except(Missing)];

    /// <summary>The folders that the settings name and that only the operator has.</summary>
    public IReadOnlyList<string> Missing => AreOfAnotherMachine
        ? [.. Settings.GoldenPaths.Directories.Where(folder => !Directory.Exists(GoldenPathCatalog.FullPath(folder)))]
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
        Settings with { GoldenPaths = Settings.GoldenPaths with { Directories = folders } };

    private static Loaded<PlanSettings> Of(Loaded<PlatformSettings> loaded, string origin, bool areOfAnotherMachine) => loaded.Succeeded
        ? Loaded<PlanSettings>.Of(new PlanSettings(loaded.Value, origin, areOfAnotherMachine))
        : Loaded<PlanSettings>.Failed(loaded.Errors);
}

using Idp.Entities;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>Says what the golden path of an application wants of the files in its repositories. Pure.</summary>
internal static class TemplateUpdates
{
    private static readonly IReadOnlyDictionary<string, string> NoParameters = new Dictionary<string, string>();

    /// <summary>What the application's repositories are to follow; null where no golden path can be rendered for it.</summary>
    public static RenderedFor? TargetOf(BackendApp app, ResolvedApp resolved, GoldenPathCatalog catalog) =>
        catalog.Find(resolved.Template, resolved.TemplateVersions) is { Repository: null } path && ParameterValues.Check(path, ParametersOf(app)).Count == 0
            ? TargetOf(app, resolved, path)
            : null;

    /// <summary>The same for a golden path that its parameters fit.</summary>
    public static RenderedFor TargetOf(BackendApp app, ResolvedApp resolved, GoldenPath path) => new(
        path.Name,
        path.Version,
        ParameterValues.WithDefaults(path, ParametersOf(app)),
        [.. resolved.Environments.Select(environment => environment.Spec.Name)],
        ScaffoldPlan.DatabaseOf(app));

    /// <summary>The parameters of the manifest.</summary>
    public static IReadOnlyDictionary<string, string> ParametersOf(BackendApp app) => app.Spec.Template?.Parameters ?? NoParameters;

    /// <summary>What is wanted of one repository; null where nothing is brought into it.</summary>
    /// <remarks>A repository stays with the golden path that it was made from, whatever the manifest names later.</remarks>
    public static DesiredUpdate? For(
        BackendApp app, ResolvedApp resolved, DesiredRepository repository, ObservedRepository seen, ObservedApp observed)
    {
        var known = repository.KnownTemplate ?? (seen.Lock is { } brought ? StatusOf(brought) : null);
        if (TargetOf(app, resolved, observed.GoldenPaths) is not { } target || (known is not null && known.Name != target.Template) || IsNewer(known, target.Version, resolved))
        {
            return null;
        }

        return new DesiredUpdate
        {
            Target = target,
            Known = known,
            Adopts = known is null or { Version.Length: 0 } && repository.BelongsTo.Role is null,
            BelongsTo = repository.BelongsTo.Name,
            Waits = observed.Turn,
            Files = () => FilesOf(target.Version, target.Parameters),
            Render = brought => FilesOf(brought.Version, brought.Parameters),
        };

        IReadOnlyList<RenderedFile> FilesOf(string version, IReadOnlyDictionary<string, string> parameters) =>
            observed.GoldenPaths.Find(target.Template, VersionRange.Exactly(version)) is { } path && ParameterValues.Check(path, parameters).Count == 0
                ? ScaffoldPlan.FilesOf(app, resolved, repository.BelongsTo, path, observed.Settings, parameters)
                : [];
    }

    /// <summary>What status says of a repository by its lock alone.</summary>
    public static TemplateStatus StatusOf(GoldenPathLock brought) => new() { Name = brought.Template, Version = brought.Version, Inputs = brought.Inputs };

    /// <summary>Whether a repository follows a newer version than the newest that is offered: one that was withdrawn, or cannot be read at present.</summary>
    /// <remarks>Nobody is brought back for that, but where the manifest says so.</remarks>
    public static bool IsNewer(TemplateStatus? known, string offered, ResolvedApp resolved) =>
        known is not null && SemanticVersion.Compare(known.Version, offered) > 0 && resolved.TemplateVersions.Admits(known.Version);

    /// <summary>Whether a version is to be offered that was not: then the application has to have its turn.</summary>
    public static RenderedFor? ToOffer(BackendApp app, ResolvedApp resolved, ObservedApp observed) =>
        TargetOf(app, resolved, observed.GoldenPaths) is { } target
        && Repositories(app).Any(known => known is { Commit: not null } && IsBehind(known.Template, target) && !IsNewer(known.Template, target.Version, resolved))
            ? target
            : null;

    private static IEnumerable<RepositoryStatus?> Repositories(BackendApp app) => [app.Status.Repository, app.Status.DeploymentRepository];

    private static bool IsBehind(TemplateStatus? known, RenderedFor target) => known switch
    {
        null => true,
        _ when known.Name != target.Template || (known.Version == target.Version && known.Inputs == target.Inputs) => false,
        _ => known.Update is not { } update || update.Version != target.Version || update.Inputs != target.Inputs,
    };
}

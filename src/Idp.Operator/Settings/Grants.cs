using System.Buffers;
using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.Settings;

/// <summary>Answers what the BackendApps of a namespace may reach, by <c>platform.yaml</c>.</summary>
/// <remarks>
/// Every method is pure. The first entry of <c>teams</c> whose pattern fits the namespace decides alone; where there are
/// entries and none fits, nothing is granted. Without entries every namespace has the defaults of
/// <see cref="TeamSettings"/>. A namespace, not <c>spec.team</c>, decides, because its creation is what a cluster guards.
/// </remarks>
/// <param name="settings">The settings that hold the grants.</param>
public sealed class Grants(PlatformSettings settings)
{
    private const string OwnProjects = "idp-team-";
    private static readonly TeamSettings Everybody = new() { Namespace = "*" };

    // No '%', '?' or '#': a store that takes keys for addresses would read another key than the one that was checked.
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:@+=,~");

    /// <summary>Whether repositories may be made for this owner.</summary>
    public Grant MayUseOwner(string @namespace, string owner) => Ask(
        @namespace, owner, team => team.GithubOwners ?? [settings.GitHub.Owner], "githubOwners", $"the GitHub owner {Quote(owner)}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a repository of that name that nobody owns may be taken in.</summary>
    public Grant MayAdopt(string @namespace, string owner, string repository)
    {
        if (Find(@namespace) is not { } team)
        {
            return NoEntry(@namespace);
        }

        var adopt = team.Adopt ?? [];
        return adopt.Any(pattern => Any([pattern], @namespace, pattern.Contains('/', StringComparison.Ordinal) ? $"{owner}/{repository}" : repository, StringComparison.OrdinalIgnoreCase))
            ? Grant.Given
            : Grant.Refused(
                $"spec.repository.adoption: {Refuse(@namespace, $"to adopt the repository {Quote($"{owner}/{repository}")}", adopt, "adopt").Message} "
                + "Where the repository is to be made anew, take adoption out of the manifest.");
    }

    /// <summary>Whether this key of the secret store may be read.</summary>
    public Grant MayReadSecret(string @namespace, string key) => IsPlainKey(key)
        ? Ask(@namespace, key, team => team.SecretKeys ?? ["{namespace}/*"], "secretKeys", $"the secret key {Quote(key)}")
        : Grant.Refused(
            $"The secret key {Quote(key)} is not a plain path: parts '.', '..' and empty ones and characters outside "
            + "letters, digits and -_./:@+=,~ are not taken.");

    /// <summary>Whether this host may be asked for; the one that <c>ingress.host</c> makes always may.</summary>
    public Grant MayUseHost(string @namespace, string host, EnvironmentIdentity environment) =>
        Find(@namespace) is not null && string.Equals(host, settings.HostFor(environment), StringComparison.OrdinalIgnoreCase)
            ? Grant.Given
            : Ask(@namespace, host, team => team.Hosts ?? [], "hosts", $"the host {Quote(host)}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an environment may have this namespace; a namespace of the system never may.</summary>
    public Grant MayClaimNamespace(string @namespace, string claimed)
    {
        if (IsReserved(claimed))
        {
            return Grant.Refused($"The namespace {Quote(claimed)} belongs to the system: choose another.");
        }

        if (string.Equals(@namespace, claimed, StringComparison.Ordinal))
        {
            return Grant.Refused($"The namespace {Quote(claimed)} holds the manifest itself: choose another.");
        }

        return Ask(@namespace, claimed, team => team.Namespaces ?? ["*"], "namespaces", $"the namespace {Quote(claimed)}");
    }

    /// <summary>Whether <c>spec.team</c> may have this value; the team in the namespace's own label need not be asked about.</summary>
    public Grant MayActAs(string @namespace, string team) =>
        Ask(@namespace, team, entry => entry.ActsAs ?? ["{namespace}"], "actsAs", $"the team {Quote(team)}");

    /// <summary>Whether an environment may be deployed from this repository: its application's own, or one that is granted.</summary>
    /// <param name="namespace">The namespace of the manifest.</param>
    /// <param name="address">The repository.</param>
    /// <param name="own">Where the application's own repositories are cloned from.</param>
    public Grant MayDeployFrom(string @namespace, string address, IReadOnlyList<string> own)
    {
        if (SourceAddress.Plain(address) is not { } plain)
        {
            return Grant.Refused(
                $"spec.source.repoURL {Quote(address)} is not a plain address such as https://github.com/acme/shop.git: no user, query, "
                + "escapes, empty or dotted parts are taken.");
        }

        return Find(@namespace) is not null && own.Any(known => SourceAddress.AreSame(plain, known))
            ? Grant.Given
            : Ask(
                @namespace,
                plain,
                team => [.. (team.Sources ?? []).Select(SourceAddress.WithoutSuffix)],
                "sources",
                $"spec.source.repoURL {Quote(address)}, which is no repository of the application's own");
    }

    /// <summary>The Argo CD project of the Applications of a namespace's BackendApps.</summary>
    public string ProjectFor(string @namespace, string team) =>
        GivenProject(@namespace) is { Length: > 0 } given
            ? Placeholders.Fill(given, name => name switch
            {
                "team" => team,
                "namespace" => @namespace,
                _ => null,
            })
            : OwnProjectOf(@namespace);

    /// <summary>Whether the operator makes that project, for this namespace alone; else the platform team does.</summary>
    public bool KeepsOwnProject(string @namespace) => string.IsNullOrEmpty(GivenProject(@namespace));

    /// <summary>The name of the project that the operator makes: as long as it need be, so no two namespaces share one.</summary>
    public static string OwnProjectOf(string @namespace) => OwnProjects + @namespace;

    /// <summary>The namespace whose project that is; null where it is none that the operator makes.</summary>
    public static string? HomeOfOwnProject(string project) => project.StartsWith(OwnProjects, StringComparison.Ordinal) ? project[OwnProjects.Length..] : null;

    /// <summary>Whether the project is this namespace's to use: what a rule makes of a team's name must not be another's own one.</summary>
    public Grant MayUseProject(string @namespace, string team) =>
        KeepsOwnProject(@namespace) || !ProjectFor(@namespace, team).StartsWith(OwnProjects, StringComparison.Ordinal)
            ? Grant.Given
            : Grant.Refused(
                $"The Argo CD project {Quote(ProjectFor(@namespace, team))} is one that the operator makes for a team: choose another team in "
                + "spec.team, or have the platform team change argocd.project in platform.yaml.");

    /// <summary>Whether manifests in a namespace are carried out at all.</summary>
    /// <remarks>
    /// A grant is given to a namespace by its name, and who makes an environment chooses the name of the environment's: so that one is granted
    /// nothing. Its labels are the operator's, and a namespace is not a tenant's to label.
    /// </remarks>
    /// <param name="home">The namespace; null where it is not known yet.</param>
    public static Grant MayHoldManifests(KubeObject? home)
    {
        if (home?.Metadata.Labels is not { } labels
            || labels.GetValueOrDefault(Labels.ManagedBy) != Labels.Manager
            || labels.GetValueOrDefault(Labels.Environment) is not { } environment)
        {
            return Grant.Given;
        }

        var owner = $"{labels.GetValueOrDefault(Labels.EnvironmentNamespace)}/{environment}";
        return Grant.Refused(
            $"metadata.namespace: {home.Key.Name} was made for ApplicationEnvironment {owner}, and such a namespace is granted nothing. "
            + "Move the manifest to the team's own namespace.");
    }

    private Grant Ask(
        string @namespace,
        string text,
        Func<TeamSettings, IReadOnlyList<string>> granted,
        string field,
        string what,
        StringComparison comparison = StringComparison.Ordinal)
    {
        if (Find(@namespace) is not { } team)
        {
            return NoEntry(@namespace);
        }

        var patterns = granted(team);
        return Any(patterns, @namespace, text, comparison) ? Grant.Given : Refuse(@namespace, what, patterns, field);
    }

    private string? GivenProject(string @namespace) => Find(@namespace)?.ArgoCdProject ?? settings.ArgoCd.Project;

    private static bool IsPlainKey(string key) =>
        key.Length is > 0 and <= 512
        && !key.AsSpan().ContainsAnyExcept(KeyCharacters)
        && key.Split('/').All(part => part is not ("" or "." or ".."));

    private static bool Any(IReadOnlyList<string> patterns, string @namespace, string text, StringComparison comparison) =>
        patterns.Any(pattern => Glob.Matches(InNamespace(pattern, @namespace), text, comparison));

    private static string InNamespace(string pattern, string @namespace) =>
        pattern.Replace("{namespace}", @namespace, StringComparison.Ordinal);

    private static Grant Refuse(string @namespace, string what, IReadOnlyList<string> patterns, string field) =>
        Grant.Refused(
            $"Namespace {@namespace} is not granted {what}; granted: "
            + (patterns.Count == 0 ? "none" : string.Join(", ", patterns.Select(p => InNamespace(p, @namespace))))
            + $". The platform team grants it in teams[].{field} of platform.yaml.");

    private static Grant NoEntry(string @namespace) =>
        Grant.Refused($"Namespace {@namespace} is granted nothing: no entry of teams in platform.yaml speaks of it.");

    private static string Quote(string text) => $"'{(text.Length <= 100 ? text : text[..100] + "…")}'";

    private TeamSettings? Find(string @namespace) =>
        settings.Teams.Count == 0
            ? Everybody
            : settings.Teams.FirstOrDefault(team => Glob.Matches(team.Namespace, @namespace, StringComparison.Ordinal));

    private bool IsReserved(string claimed) =>
        claimed is "default" or "idp-system"
        || claimed.StartsWith("kube-", StringComparison.Ordinal)
        || string.Equals(claimed, settings.ArgoCd.Namespace, StringComparison.Ordinal);
}

/// <summary>Whether something is granted, and if not, a sentence that says so and what to do.</summary>
/// <param name="Allowed">Whether it is granted.</param>
/// <param name="Message">Empty if granted; else fit for a condition's message.</param>
public readonly record struct Grant(bool Allowed, string Message)
{
    /// <summary>It is granted.</summary>
    public static Grant Given { get; } = new(true, "");

    /// <summary>It is not granted, for this reason.</summary>
    public static Grant Refused(string message) => new(false, message);

    /// <summary>The same for the field that asks: a refusal names it first.</summary>
    public Grant For(string field) => Allowed ? this : Refused($"{field}: {Message}");
}

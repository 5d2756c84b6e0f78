using System.Buffers;

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
    private static readonly TeamSettings Everybody = new() { Namespace = "*" };

    // No '%', '?' or '#': a store that takes keys for addresses would read another key than the one that was checked.
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:@+=,~");

    /// <summary>Whether repositories may be made for this owner.</summary>
    public Grant MayUseOwner(string @namespace, string owner)
    {
        if (Find(@namespace) is not { } team)
        {
            return NoEntry(@namespace);
        }

        IReadOnlyList<string> owners = team.GithubOwners ?? [settings.GitHub.Owner];
        return Any(owners, @namespace, owner, StringComparison.OrdinalIgnoreCase)
            ? Grant.Given
            : Refuse(@namespace, $"the GitHub owner {Quote(owner)}", owners, "githubOwners");
    }

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
    public Grant MayReadSecret(string @namespace, string key)
    {
        if (!IsPlainKey(key))
        {
            return Grant.Refused(
                $"The secret key {Quote(key)} is not a plain path: parts '.', '..' and empty ones and characters outside "
                + "letters, digits and -_./:@+=,~ are not taken.");
        }

        if (Find(@namespace) is not { } team)
        {
            return NoEntry(@namespace);
        }

        IReadOnlyList<string> keys = team.SecretKeys ?? ["{namespace}/*"];
        return Any(keys, @namespace, key, StringComparison.Ordinal)
            ? Grant.Given
            : Refuse(@namespace, $"the secret key {Quote(key)}", keys, "secretKeys");
    }

    /// <summary>Whether this host may be asked for; the one that <c>ingress.host</c> makes always may.</summary>
    public Grant MayUseHost(string @namespace, string host, Place place)
    {
        if (Find(@namespace) is not { } team)
        {
            return NoEntry(@namespace);
        }

        var hosts = team.Hosts ?? [];
        return string.Equals(host, settings.HostFor(place), StringComparison.OrdinalIgnoreCase)
            || Any(hosts, @namespace, host, StringComparison.OrdinalIgnoreCase)
            ? Grant.Given
            : Refuse(@namespace, $"the host {Quote(host)}", hosts, "hosts");
    }

    /// <summary>Whether an environment may have this namespace; a namespace of the system never may.</summary>
    public Grant MayClaimNamespace(string @namespace, string claimed)
    {
        if (IsReserved(claimed))
        {
            return Grant.Refused($"The namespace {Quote(claimed)} belongs to the system: choose another spec.namespace.");
        }

        if (string.Equals(@namespace, claimed, StringComparison.Ordinal))
        {
            return Grant.Refused($"The namespace {Quote(claimed)} holds the BackendApp itself: choose another spec.namespace.");
        }

        if (Find(@namespace) is not { } team)
        {
            return NoEntry(@namespace);
        }

        IReadOnlyList<string> claims = team.Namespaces ?? ["*"];
        return Any(claims, @namespace, claimed, StringComparison.Ordinal)
            ? Grant.Given
            : Refuse(@namespace, $"the namespace {Quote(claimed)}", claims, "namespaces");
    }

    /// <summary>Whether <c>spec.team</c> may have this value; the team in the namespace's own label need not be asked about.</summary>
    public Grant MayActAs(string @namespace, string team)
    {
        if (Find(@namespace) is not { } entry)
        {
            return NoEntry(@namespace);
        }

        IReadOnlyList<string> names = entry.ActsAs ?? ["{namespace}"];
        return Any(names, @namespace, team, StringComparison.Ordinal)
            ? Grant.Given
            : Refuse(@namespace, $"the team {Quote(team)}", names, "actsAs");
    }

    /// <summary>The Argo CD project of the Applications of a namespace's BackendApps.</summary>
    public string ProjectFor(string @namespace, string team) =>
        Placeholders.Fill(Find(@namespace)?.ArgoCdProject ?? settings.ArgoCd.Project, name => name switch
        {
            "team" => team,
            "namespace" => @namespace,
            _ => null,
        });

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

using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>What is the attacker's own in one try: the object, and what may be made for it.</summary>
/// <param name="name">The object's name.</param>
/// <param name="repository">The repository that it names.</param>
/// <param name="makesOwn">Whether it gets so far that something of its own is made for it: its repository, its environments.</param>
internal sealed class OwnThings(string name, string repository, bool makesOwn)
{
    // Argo CD's, which all environments of the team share.
    private const string Project = $"idp-team-{Attacker.Team}";

    // The environment of an application that is let through is called staging. What is the victim's never is the attacker's own.
    private readonly string? _home = Victim.IsHome($"{name}-staging") ? null : $"{name}-staging";

    /// <summary>Whether an object is the attacker's.</summary>
    public bool IsObject(KubeObject item) =>
        item.Key.Namespace == Attacker.Team
        || (item.Kind == WellKnownKinds.Namespace && item.Key.Name == Attacker.Team)
        || (makesOwn && (item.Key.Namespace == _home || (item.Key.Name == _home && item.Kind.Kind is "Namespace" or "Application") || item.Key.Name == Project));

    /// <summary>Whether a path of the API server leads to the object, its events, or something that is made for it.</summary>
    public bool IsPath(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["apis", "events.k8s.io", _, "namespaces", Attacker.Team, ..] or ["api", _, "namespaces", Attacker.Team, "events", ..] => true,
        ["apis", "idp.dev", _, "namespaces", Attacker.Team, var kind, var own, ..] =>
            own == name || (makesOwn && kind == Kinds.Environment.Plural && own.StartsWith($"{name}-", StringComparison.Ordinal)),
        ["apis", "argoproj.io", _, "namespaces", "argocd", "applications", var home, ..] => makesOwn && home == _home,
        ["apis", "argoproj.io", _, "namespaces", "argocd", "appprojects", Project, ..] => makesOwn,
        ["api" or "apis", .., "namespaces", var home] => makesOwn && home == _home,
        ["api", _, "namespaces", var home, ..] => makesOwn && home == _home,
        ["apis", _, _, "namespaces", var home, ..] => makesOwn && home == _home,
        _ => false,
    };

    /// <summary>Whether a repository is made for the object.</summary>
    public bool IsRepository(string asked) => makesOwn && !Victim.IsRepository(asked) && (asked == repository || asked == $"{repository}-deploy");

    /// <summary>Whether a line of GitHub's log may speak of a repository that is made for the object.</summary>
    /// <param name="line">The line.</param>
    /// <param name="nameOf">The name of a repository by its number.</param>
    public bool IsLine(string line, Func<string, string?> nameOf) => makesOwn && line.Split(' ') is [_, _, var target, ..] && target.Split('/', '?') switch
    {
        ["", "orgs", "acme", "repos"] => true,
        ["", "repos", "acme", var asked, ..] => IsRepository(asked),
        ["", "repositories", var id, ..] => nameOf(id) is { } asked && IsRepository(asked),
        ["", "acme", var asked, ..] when asked.EndsWith(".git", StringComparison.Ordinal) => IsRepository(asked[..^4]),
        _ => false,
    };
}

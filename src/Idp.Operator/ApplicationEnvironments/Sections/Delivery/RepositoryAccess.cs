using Idp.Entities;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Tells that Argo CD may not read the repository: the one place that goes by what Argo CD writes for people.</summary>
/// <remarks>
/// An Application says no more than <c>ComparisonError</c> and the words of the Git library, the git command or GitHub's token
/// endpoint; whether a repository can be reached is in no field of it. The alternative, to look at Argo CD's Secrets, is a right to
/// every cluster's and repository's credentials. Where the words change one day, people see <c>ComparisonError</c> and the words.
/// </remarks>
internal static class RepositoryAccess
{
    /// <summary>The page that says how Argo CD is given credentials.</summary>
    public const string Page = "docs/getting-started.md";

    private const string ConditionType = "ComparisonError";

    // A base that the manifests fetch from elsewhere is not the repository, and its credentials are not the platform's matter.
    private const string WithinTheManifests = "kustomize build";

    private static readonly string[] Words =
    [
        "authentication required", // github.com/go-git/go-git/plumbing/transport: ErrAuthenticationRequired
        "authorization failed", // ErrAuthorizationFailed
        "repository not found", // ErrRepositoryNotFound, and what GitHub says of private repositories to strangers
        "authentication failed for", // the git command
        "could not read username", // the git command that has none and may not ask
        "could not read password",
        "unable to authenticate", // golang.org/x/crypto/ssh
        "permission denied (publickey", // the ssh command
        "could not refresh installation id", // a GitHub App's key or installation that GitHub does not take
    ];

    /// <summary>The state of an Application whose repository Argo CD may not read; null where nothing says so.</summary>
    /// <param name="status">The Application's status.</param>
    /// <param name="source">The repository, as the Application names it.</param>
    public static ChildState? RefusalOf(LenientJson status, string source)
    {
        var error = status["conditions"].Items.FirstOrDefault(
            condition => condition["type"].Text == ConditionType && IsRefusal(condition["message"].Text));
        return error.IsPresent
            ? ChildState.Failed(
                Reasons.RepositoryAccessMissing,
                $"Argo CD may not read {source}: {error["message"].Text.TrimEnd('.')}. The platform team gives it credentials: {Page}, \"Argo CD\".")
            : null;
    }

    private static bool IsRefusal(string message) =>
        !message.Contains(WithinTheManifests, StringComparison.OrdinalIgnoreCase)
        && Words.Any(words => message.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>The state of the delivery; with one more sentence where it is a refusal.</summary>
    /// <param name="delivery">The state by what the Application says.</param>
    /// <param name="seen">What else was seen.</param>
    public static ChildState Explain(ChildState delivery, SectionInput seen) =>
        delivery.Reason == Reasons.RepositoryAccessMissing
            ? delivery with { Message = $"{delivery.Message} {Known(seen)}" }
            : delivery;

    private static string Known(SectionInput seen)
    {
        var environment = seen.Environment;
        if (RepositoryCredentials.EntryFor(environment.Settings, environment.Spec.Source.RepoUrl) is not { } entry)
        {
            return "No entry of argocd.repositoryCredentials in platform.yaml is for it.";
        }

        var key = RepositoryCredentials.KeyOf(environment.Settings, entry.Owner);
        var written = seen.Report?.Objects.FirstOrDefault(applied => applied.Desired.Kind == ExternalSecrets.ExternalSecret && applied.Desired.Key == key);
        if (written is { Succeeded: false })
        {
            return $"ExternalSecret {key}, which brings them, is not as it should be: {written.Message}.";
        }

        if (seen.World.Credentials.FirstOrDefault(live => live.Key == key) is not { } live)
        {
            return $"ExternalSecret {key}, which brings them, is not there yet.";
        }

        var state = ExternalSecrets.StateOf(live);
        return state.Health == Health.Healthy
            ? $"ExternalSecret {key} has brought those of {entry.Owner}: may they read this repository?"
            : state.Message;
    }
}

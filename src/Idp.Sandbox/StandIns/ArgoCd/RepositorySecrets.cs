using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>The Secrets by which Argo CD finds the credentials of a repository.</summary>
/// <remarks>
/// Real: labels, the repository's own before the longest template's beginning, what has to be in them. Their values are made up here, so a
/// repository that one of them is for is read with the sandbox's own token.
/// https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/
/// </remarks>
internal sealed class RepositorySecrets(Func<IReadOnlyList<KubeObject>> secrets)
{
    /// <summary>The namespace that Argo CD reads.</summary>
    public const string Namespace = "argocd";

    private const string TypeLabel = "argocd.argoproj.io/secret-type";

    /// <summary>Whether a change of the object may have changed whose repositories can be read.</summary>
    public static bool IsOne(KubeObject changed) => changed.Kind == ForeignKinds.Secret
        && changed.Key.Namespace == Namespace
        && changed.Metadata.Labels.ContainsKey(TypeLabel);

    /// <summary>Whether there are credentials for the repository at the address.</summary>
    public bool AreFor(string address) => secrets().Where(IsOne).Any(secret =>
    {
        var data = secret.ToJson()["data"];
        var url = Text(data, "url");
        return url.Length > 0 && Opens(data) && secret.Metadata.Labels[TypeLabel] switch
        {
            "repository" => string.Equals(Plain(address), Plain(url), StringComparison.OrdinalIgnoreCase),
            "repo-creds" => address.StartsWith(url, StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    });

    private static bool Opens(JsonNode? data) => Text(data, "githubAppPrivateKey").Length > 0
        ? long.TryParse(Text(data, "githubAppID"), out _) && long.TryParse(Text(data, "githubAppInstallationID"), out _)
        : Text(data, "username").Length > 0 && Text(data, "password").Length > 0;

    private static string Plain(string address) =>
        address.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? address[..^4] : address;

    private static string Text(JsonNode? data, string key) =>
        data.TextAt(key) is { } value ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : "";
}

using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>
/// The ExternalSecrets that bring Argo CD its credentials, one for each owner of repositories that <c>platform.yaml</c> names. They are
/// the platform's, shared by all environments; no value passes through the operator.
/// </summary>
/// <remarks>https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-repo-creds-yaml/</remarks>
internal static class RepositoryCredentials
{
    /// <summary>The value of the label that all of them carry.</summary>
    public const string Purpose = "repository-credentials";

    private const string Secret = "secret";
    private static readonly Uri GitHubWeb = new("https://github.com/");

    /// <summary>Finds them under <see cref="Purpose"/>.</summary>
    public static ObjectIndexer Index { get; } = ObjectIndexer.Label(Labels.Platform);

    /// <summary>What makes a live one ours.</summary>
    public static Ownership Ownership { get; } =
        new(FieldManagers.Operator, new Dictionary<string, string> { [Labels.Platform] = Purpose });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DesiredObject> Make(PlatformSettings settings) =>
        [.. settings.ArgoCd.RepositoryCredentials.Select(entry => Make(settings, entry))];

    /// <summary>The entry of <c>platform.yaml</c> for the repository at an address, by the owner in it; null where there is none.</summary>
    public static RepositoryCredentialSettings? EntryFor(PlatformSettings settings, string address) =>
        settings.ArgoCd.RepositoryCredentials.FirstOrDefault(
            entry => address.StartsWith(Prefix(settings, entry.Owner), StringComparison.OrdinalIgnoreCase));

    /// <summary>Where the one of an owner is.</summary>
    public static ObjectKey KeyOf(PlatformSettings settings, string owner) =>
        new(settings.ArgoCd.Namespace, $"idp-repositories-{owner.ToLowerInvariant()}");

    private static DesiredObject Make(PlatformSettings settings, RepositoryCredentialSettings entry)
    {
        var key = KeyOf(settings, entry.Owner);
        var source = new RemoteReference { Key = entry.RemoteKey, Property = entry.Property };
        var spec = ExternalSecrets.Spec(settings.Secrets, key.Name, new SecretVariable { Name = Secret, RemoteRef = source });
        var template = ExternalSecrets.Template(Data(settings, entry));
        template["metadata"] = new JsonObject
        {
            ["labels"] = new JsonObject { ["argocd.argoproj.io/secret-type"] = "repo-creds" },
        };
        spec["target"]!["template"] = template;
        var labels = new JsonObject { [Labels.ManagedBy] = Labels.Manager, [Labels.Platform] = Purpose };
        return EffectiveEnvironment.Object(ExternalSecrets.ExternalSecret, key, labels, spec);
    }

    private static JsonObject Data(PlatformSettings settings, RepositoryCredentialSettings entry)
    {
        var data = new JsonObject { ["type"] = "git", ["url"] = Prefix(settings, entry.Owner) };
        if (entry.App is not { } app)
        {
            // GitHub looks at the token alone, but Argo CD wants a name beside it.
            data["username"] = "x-access-token";
            data["password"] = ExternalSecrets.ValueOf(Secret);
            return data;
        }

        data["githubAppID"] = app.Id;
        data["githubAppInstallationID"] = app.InstallationId.ToString(CultureInfo.InvariantCulture);
        data["githubAppPrivateKey"] = ExternalSecrets.ValueOf(Secret);
        if (settings.GitHub.ApiUrl.Host != "api.github.com")
        {
            data["githubAppEnterpriseBaseUrl"] = settings.GitHub.ApiUrl.ToString().TrimEnd('/');
        }

        return data;
    }

    /// <summary>With the slash at its end: Argo CD compares beginnings, and <c>acme</c> is one of <c>acme-rival</c>.</summary>
    private static string Prefix(PlatformSettings settings, string owner) =>
        $"{(settings.GitHub.WebUrl ?? GitHubWeb).ToString().TrimEnd('/')}/{owner}/";
}

/// <summary>Keeps what brings Argo CD its credentials, which all environments share, one write at a time.</summary>
internal sealed class SharedCredentials(Applier applier) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Makes them as <c>platform.yaml</c> has them, and takes away those that it names no more.</summary>
    /// <returns>Those that are not as wanted.</returns>
    public async Task<IReadOnlyList<AppliedObject>> ApplyAsync(
        PlatformSettings settings, Observation before, CancellationToken cancellationToken)
    {
        var wanted = RepositoryCredentials.Make(settings);
        if (wanted.Count == 0 && before.Credentials.Count == 0)
        {
            return [];
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var report = await applier.ApplyAsync(
                RepositoryCredentials.Ownership, wanted, EnvironmentInventory.Of(before.Credentials), cancellationToken);
            return [.. report.Objects.Where(applied => !applied.Succeeded)];
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}

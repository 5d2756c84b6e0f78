using System.Text.Json.Nodes;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.World;

/// <summary>Gives the operator the account and the rights that <c>config/operator</c> gives it, and no more.</summary>
internal sealed class OperatorAccess(Installer installer, Kubectl administrator)
{
    private static readonly string[] Kinds =
        ["Namespace", "ServiceAccount", "ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding"];

    /// <summary>Makes account, roles and bindings, and writes a kubeconfig with the account's token.</summary>
    /// <param name="kubeconfigPath">The file to write.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidOperationException"><c>config/operator</c> has no account, or there is no token for it.</exception>
    public async Task GrantAsync(string kubeconfigPath, CancellationToken cancellationToken)
    {
        var manifests = Installer.ReadDirectory(SandboxPaths.Below("config", "operator"))
            .Where(item => Kinds.Contains(item.TextAt("kind")))
            .OrderBy(item => Array.IndexOf(Kinds, item.TextAt("kind")))
            .ToList();
        var account = manifests.Find(item => item.TextAt("kind") == "ServiceAccount")
            ?? throw new InvalidOperationException("config/operator has no ServiceAccount for the operator.");
        foreach (var manifest in manifests)
        {
            await installer.ApplyAsync(manifest, cancellationToken);
        }

        var token = await TokenAsync(account, cancellationToken);
        await WriteAsync(kubeconfigPath, token, cancellationToken);
    }

    // By the TokenRequest API through a raw request, which kubectl can do in every version.
    private async Task<string> TokenAsync(JsonObject account, CancellationToken cancellationToken)
    {
        var @namespace = account.TextAt("metadata", "namespace");
        var name = account.TextAt("metadata", "name");
        const string Request = """
            {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 86400}}
            """;
        var path = $"/api/v1/namespaces/{@namespace}/serviceaccounts/{name}/token";
        var result = await administrator.RunAsync(["create", "--raw", path, "-f", "-"], Request, cancellationToken);
        return result.Succeeded && JsonNode.Parse(result.Output).TextAt("status", "token") is { } token
            ? token
            : throw new InvalidOperationException($"There is no token for {@namespace}/{name}: {result.Error.Trim()}");
    }

    private async Task WriteAsync(string path, string token, CancellationToken cancellationToken)
    {
        var kubeconfig = YamlText.ReadObjects(await File.ReadAllTextAsync(administrator.Kubeconfig, cancellationToken))[0];
        foreach (var user in kubeconfig.ObjectsAt("users"))
        {
            user["user"] = new JsonObject { ["token"] = token };
        }

        MakeAbsolute(kubeconfig, Path.GetDirectoryName(administrator.Kubeconfig) ?? "");
        await PrivateFile.WriteAsync(path, kubeconfig.ToJsonString(), cancellationToken);
    }

    private static void MakeAbsolute(JsonObject kubeconfig, string directory)
    {
        foreach (var cluster in kubeconfig.ObjectsAt("clusters").Select(item => item["cluster"]).OfType<JsonObject>())
        {
            if (cluster.TextAt("certificate-authority") is { } file)
            {
                cluster["certificate-authority"] = Path.GetFullPath(Path.Combine(directory, file));
            }
        }
    }
}

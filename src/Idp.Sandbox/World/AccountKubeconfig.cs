using System.Text.Json.Nodes;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.World;

/// <summary>The access that a service account has, as a kubeconfig.</summary>
internal sealed class AccountKubeconfig(Kubectl administrator)
{
    /// <summary>Gets a token for the account and writes a kubeconfig with it.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="namespace">The account's namespace.</param>
    /// <param name="name">The account.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidOperationException">There is no token for it.</exception>
    public async Task WriteAsync(string path, string @namespace, string name, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(@namespace, name, cancellationToken);
        var kubeconfig = YamlText.ReadObjects(await File.ReadAllTextAsync(administrator.Kubeconfig, cancellationToken))[0];
        foreach (var user in kubeconfig.ObjectsAt("users"))
        {
            user["user"] = new JsonObject { ["token"] = token };
        }

        MakeAbsolute(kubeconfig, Path.GetDirectoryName(administrator.Kubeconfig) ?? "");
        await PrivateFile.WriteAsync(path, kubeconfig.ToJsonString(), cancellationToken);
    }

    // By the TokenRequest API through a raw request, which kubectl can do in every version.
    private async Task<string> TokenAsync(string @namespace, string name, CancellationToken cancellationToken)
    {
        const string Request = """
            {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 86400}}
            """;
        var path = $"/api/v1/namespaces/{@namespace}/serviceaccounts/{name}/token";
        var result = await administrator.RunAsync(["create", "--raw", path, "-f", "-"], Request, cancellationToken);
        return result.Succeeded && JsonNode.Parse(result.Output).TextAt("status", "token") is { } token
            ? token
            : throw new InvalidOperationException($"There is no token for {@namespace}/{name}: {result.Error.Trim()}");
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

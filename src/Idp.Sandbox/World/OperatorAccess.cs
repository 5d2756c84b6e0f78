using Idp.Sandbox.StandIns;

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

        await new AccountKubeconfig(administrator).WriteAsync(
            kubeconfigPath, account.TextAt("metadata", "namespace") ?? "", account.TextAt("metadata", "name") ?? "", cancellationToken);
    }
}

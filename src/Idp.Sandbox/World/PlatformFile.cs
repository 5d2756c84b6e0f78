namespace Idp.Sandbox.World;

/// <summary>The platform's settings in the sandbox.</summary>
internal static class PlatformFile
{
    /// <summary>What a platform team would write for this world.</summary>
    public const string Default = """
        github:
          apiUrl: {apiUrl}
          webUrl: {apiUrl}
          tokenFile: {tokenFile}
          owner: acme
        goldenPaths:
          directories: ["{goldenPaths}"]
        registry: registry.acme.example
        ingress:
          domain: apps.acme.example
          className: nginx
          certificateIssuer: letsencrypt
        argocd:
          namespace: argocd
          project: default
        secrets:
          store:
            name: platform
            kind: ClusterSecretStore
        database:
          provider: CloudNativePG
        teams:
          - namespace: team-payments
            githubOwners: [acme]
            secretKeys: ["payments/*", "team-payments/*"]
            hosts: ["*.acme.dev", "*.acme.example"]
          - namespace: "*"
            githubOwners: [acme]
            secretKeys: ["*"]
            hosts: ["*.acme.dev", "*.acme.example"]
        """;

    /// <summary>The settings with addresses and paths filled in.</summary>
    public static string Fill(string template, Uri apiUrl, string tokenFile, string goldenPaths) => template
        .Replace("{apiUrl}", apiUrl.ToString(), StringComparison.Ordinal)
        .Replace("{tokenFile}", tokenFile, StringComparison.Ordinal)
        .Replace("{goldenPaths}", goldenPaths, StringComparison.Ordinal);
}

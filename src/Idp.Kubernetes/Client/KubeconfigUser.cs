using k8s.KubeConfigModels;

namespace Idp.Kubernetes.Client;

/// <summary>A user of a kubeconfig.</summary>
internal sealed class KubeconfigUser
{
    /// <exception cref="KubeConfigException">It is not usable.</exception>
    public KubeconfigUser(KubeconfigFile file, User entry, KubeconfigCluster cluster)
    {
        Entry = entry;
        var given = entry.UserCredentials ??= new UserCredentials();
        if (WhatIsNotDone(given, file.Rest.Find("users", entry.Name, "user", "as-uid")) is { } refused)
        {
            throw new KubeConfigException($"The user '{entry.Name}' uses '{refused}', which is not supported.");
        }

        if (file.PathOf(file.Rest.Find("users", entry.Name, "user", "tokenFile")) is { } path)
        {
            TokenFile = path;
            given.Token = KubeConfigException.Of($"The user '{entry.Name}' has a tokenFile that cannot be read", () => BoundedText.OfFile(path, Bounds.Config).Trim());
        }

        if (given is { ExternalExecution: { } exec, Token: null or "", UserName: null or "" })
        {
            Plugin = ExecPlugin.From(file, entry.Name, exec, cluster);
        }

        // A program is not run to read a configuration, and what is in the file itself counts before what it names.
        given.ExternalExecution = null;
        given.ClientCertificate = given.ClientCertificateData is { Length: > 0 } ? null : file.PathOf(given.ClientCertificate);
        given.ClientKey = given.ClientKeyData is { Length: > 0 } ? null : file.PathOf(given.ClientKey);
    }

    /// <summary>What the package has to know of it.</summary>
    public User Entry { get; }

    /// <summary>Where the token is and will be renewed.</summary>
    public string? TokenFile { get; }

    /// <summary>The program that gives the credentials, instead of all that is in the entry.</summary>
    public ExecPlugin? Plugin { get; }

    // The package leaves these out in silence, which is to act as somebody else than the user meant.
    private static string? WhatIsNotDone(UserCredentials given, string? uid) => given switch
    {
        { Impersonate.Length: > 0 } => "as",
        { ImpersonateUserExtra.Count: > 0 } => "as-user-extra",
        { AuthProvider: not null } => "auth-provider",
        { ClientCertificateData.Length: > 0, ClientKeyData: null or "", ClientKey: null or "" } => "client-certificate-data without a client-key",
        { ClientCertificate.Length: > 0, ClientKeyData: null or "", ClientKey: null or "" } => "client-certificate without a client-key",
        _ when given.ImpersonateGroups?.Any() == true => "as-groups",
        _ when uid is not null => "as-uid",
        _ => null,
    };
}

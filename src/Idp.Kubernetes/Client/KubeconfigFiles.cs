using k8s;
using k8s.Authentication;
using k8s.KubeConfigModels;

namespace Idp.Kubernetes.Client;

/// <summary>One or more kubeconfig files, laid one over the other as kubectl does: of two entries of one name the first counts.</summary>
/// <remarks>
/// The package reads each of them, and makes a configuration of the entries that are chosen here. It would lay them over one another
/// too, but then paths in all of them are relative to the first, each has to exist, and names that differ in case are one.
/// </remarks>
internal sealed class KubeconfigFiles
{
    private readonly IReadOnlyList<KubeconfigFile> _files;

    private KubeconfigFiles(IReadOnlyList<KubeconfigFile> files) => _files = files;

    /// <summary>Reads those files that exist, one that is alone has to, and of them a context, by default the current one.</summary>
    /// <exception cref="KubeConfigException">There is none, or it is not usable.</exception>
    public static KubeConfig Read(IReadOnlyList<string> paths, string? context)
    {
        var files = paths
            .Where(path => path.Length > 0 && (paths.Count == 1 || File.Exists(path)))
            .Select(KubeconfigFile.Read).ToList();
        return files.Count > 0 ? new KubeconfigFiles(files).Build(context) : throw new KubeConfigException("None of the kubeconfig files exists.");
    }

    private KubeConfig Build(string? contextName)
    {
        var name = contextName ?? _files.Select(file => file.Model.CurrentContext).FirstOrDefault(current => current is { Length: > 0 })
            ?? throw new KubeConfigException("The kubeconfig has no current-context.");
        var context = Find("contexts", name, file => file.Model.Contexts, entry => entry.Name).Entry.ContextDetails;
        var (clusterFile, clusterEntry) = Find("clusters", context?.Cluster, file => file.Model.Clusters, entry => entry.Name);
        var cluster = new KubeconfigCluster(clusterFile, clusterEntry);
        KubeconfigUser? user = null;
        if (context?.User is { Length: > 0 } userName)
        {
            var (userFile, userEntry) = Find("users", userName, file => file.Model.Users, entry => entry.Name);
            user = new KubeconfigUser(userFile, userEntry, cluster);
        }

        return Build(name, context?.Namespace, cluster, user);
    }

    private static KubeConfig Build(string contextName, string? @namespace, KubeconfigCluster cluster, KubeconfigUser? user)
    {
        var chosen = new K8SConfiguration
        {
            Contexts = [new Context { Name = contextName, ContextDetails = new ContextDetails { Cluster = cluster.Entry.Name, Namespace = @namespace } }],
            Clusters = [cluster.Entry],
        };
        if (user is { Plugin: null })
        {
            chosen.Contexts[0].ContextDetails.User = user.Entry.Name;
            chosen.Users = [user.Entry];
        }

        KubernetesClientConfiguration Configure()
        {
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(chosen, contextName);
            configuration.SslCaCerts = cluster.Authorities;
            configuration.TokenProvider = user?.TokenFile is { } file ? new TokenFileAuth(file) : null;
            return configuration;
        }

        var config = new KubeConfig($"The context '{contextName}'", Configure) { Proxy = cluster.Proxy, Plugin = user?.Plugin };
        if (user is { Plugin: null })
        {
            // What is not usable is said now, and not at the first request.
            KubeConfigException.Of(
                $"The user '{user.Entry.Name}' has a client-certificate or client-key that cannot be used", () => ClientCertificate.Of(config.Configure()))?.Dispose();
        }

        return config;
    }

    private (KubeconfigFile File, T Entry) Find<T>(string list, string? name, Func<KubeconfigFile, IEnumerable<T?>?> entries, Func<T, string?> nameOf)
        where T : class
    {
        foreach (var file in _files)
        {
            if (entries(file)?.FirstOrDefault(entry => entry is not null && nameOf(entry) is { } own && own == name) is { } found)
            {
                return (file, found);
            }
        }

        throw new KubeConfigException($"The kubeconfig has no entry '{name}' in {list}.");
    }
}

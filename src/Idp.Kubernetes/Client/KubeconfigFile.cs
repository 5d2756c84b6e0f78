using System.Text;
using k8s;
using k8s.KubeConfigModels;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Idp.Kubernetes.Client;

/// <summary>One kubeconfig file.</summary>
/// <param name="Directory">What relative paths in it are relative to.</param>
/// <param name="Model">What the package reads of it.</param>
/// <param name="Rest">What it does not.</param>
internal sealed record KubeconfigFile(string Directory, K8SConfiguration Model, UnmodelledFields Rest)
{
    /// <summary>Reads a file of at most <see cref="Bounds.Config"/>.</summary>
    public static KubeconfigFile Read(string path)
    {
        var full = Path.GetFullPath(path);
        var text = KubeConfigException.Of("The kubeconfig cannot be read", () => BoundedText.OfFile(full, Bounds.Config));
        try
        {
            using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var model = KubernetesClientConfiguration.LoadKubeConfig(bytes) ?? new K8SConfiguration();
            return new KubeconfigFile(Path.GetDirectoryName(full) ?? "", model, UnmodelledFields.Read(text));
        }
        catch (YamlException exception)
        {
            // Its message and what is inside it may quote the file.
            throw new KubeConfigException($"{full}:{exception.Start.Line}:{exception.Start.Column}: this is no kubeconfig.");
        }
    }

    /// <summary>Returns the path of a file that the kubeconfig names.</summary>
    public string? PathOf(string? path) => string.IsNullOrWhiteSpace(path) ? null : Path.GetFullPath(Path.Combine(Directory, path));
}

/// <summary>Fields of a kubeconfig that kubectl knows and the package's model of it does not: <c>tokenFile</c>, <c>proxy-url</c> and the like.</summary>
internal sealed class UnmodelledFields(YamlNode? root)
{
    /// <summary>Reads a kubeconfig.</summary>
    public static UnmodelledFields Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return new UnmodelledFields(yaml.Documents.FirstOrDefault()?.RootNode);
    }

    /// <summary>Returns the text of a field of a named entry of a list such as <c>users</c>; null where there is none.</summary>
    public string? Find(string list, string name, params IEnumerable<string> path)
    {
        var entries = Child(root, list) as YamlSequenceNode;
        var entry = entries?.FirstOrDefault(each => Child(each, "name") is YamlScalarNode named && named.Value == name);
        return path.Aggregate(entry, Child) is YamlScalarNode { Value.Length: > 0 } field ? field.Value : null;
    }

    private static YamlNode? Child(YamlNode? node, string member) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(member), out var child) ? child : null;
}

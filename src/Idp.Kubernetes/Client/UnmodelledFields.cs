using YamlDotNet.RepresentationModel;

namespace Idp.Kubernetes.Client;

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

    /// <summary>Returns the text of a field of a named entry; null where there is none.</summary>
    /// <param name="list">Such as <c>users</c>.</param>
    /// <param name="name">The entry.</param>
    /// <param name="path">The field, such as <c>user</c>, <c>tokenFile</c>.</param>
    public string? Find(string list, string name, params IEnumerable<string> path)
    {
        var entries = Child(root, list) as YamlSequenceNode;
        var entry = entries?.FirstOrDefault(each => Child(each, "name") is YamlScalarNode named && named.Value == name);
        return path.Aggregate(entry, Child) is YamlScalarNode { Value.Length: > 0 } field ? field.Value : null;
    }

    private static YamlNode? Child(YamlNode? node, string member) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(member), out var child) ? child : null;
}

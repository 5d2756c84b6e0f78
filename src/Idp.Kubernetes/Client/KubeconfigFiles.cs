using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Client;

/// <summary>Reads kubeconfig files and lays them one over the other.</summary>
internal static class KubeconfigFiles
{
    public static KubeConfig Read(IReadOnlyList<string> paths, Func<string, JsonNode?> readYaml, string? context)
    {
        var reader = new KubeconfigReader();
        var found = 0;
        foreach (var path in paths.Where(path => path.Length > 0 && (paths.Count == 1 || File.Exists(path))))
        {
            var full = Path.GetFullPath(path);
            reader.Add(Parse(full, readYaml), Path.GetDirectoryName(full) ?? "");
            found++;
        }

        return found > 0 ? reader.Build(context) : throw new KubeConfigException("None of the kubeconfig files exists.");
    }

    // JSON is YAML, but a JSON file shall not need a YAML parser.
    private static JsonNode Parse(string path, Func<string, JsonNode?> readYaml)
    {
        try
        {
            var text = BoundedText.OfFile(path, Bounds.Config);
            var tree = text.AsSpan().TrimStart().StartsWith("{") ? JsonNode.Parse(text) : readYaml(text);
            return tree ?? throw new KubeConfigException($"The kubeconfig {path} is empty.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The kubeconfig {path} cannot be read.", exception);
        }
        catch (JsonException exception)
        {
            throw new KubeConfigException($"The kubeconfig {path} is not JSON.", exception);
        }
    }
}

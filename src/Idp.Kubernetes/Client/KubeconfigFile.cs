using System.Text;
using k8s;
using k8s.KubeConfigModels;
using YamlDotNet.Core;

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

using System.Text;
using Idp.Operator.GoldenPaths;

namespace Idp.Operator.BackendApps;

/// <summary>Writes the front page of a repository that holds the deployment manifests alone.</summary>
internal static class DeploymentReadme
{
    /// <summary>The file; it names nothing but names, so no text of a manifest can become markup.</summary>
    public static RenderedFile For(RenderInput input)
    {
        var text = $"""
            # {input.DeploymentRepository}

            How [{input.Repository}]({input.WebUrl}/{input.Owner}/{input.Repository}) is deployed. Argo CD follows the default branch of this repository.

            | | |
            | --- | --- |
            | `deploy/base/` | what all environments have in common |
            {string.Join('\n', input.Environments.Select(environment => $"| `deploy/overlays/{environment.Name}/` | {environment.Name}: {environment.Stage} |"))}

            The workflow of {input.Repository} writes the tag of each new image into `deploy/overlays/`. What the platform's manifest sets (image, replicas,
            resources, variables, host) wins over what is here; the rest is decided here.

            """;
        return new RenderedFile("README.md", Encoding.UTF8.GetBytes(text), Executable: false);
    }
}

using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.World;

/// <summary>
/// A platform with golden paths of its own: template repositories, one for each application that <see cref="Names"/> names, and
/// one with a skeleton that holds a hundred megabytes.
/// </summary>
public sealed class TemplatePlatform : Platform
{
    private static readonly string[] Names = ["slow", "lost", "garbled", "twice", "twice-too", "absent"];

    /// <summary>What makes the golden path <c>heavy</c> too heavy.</summary>
    internal string HeavyFile => Path.Combine(Sandbox.Directory, "golden-paths", "heavy", "skeleton", "model.bin");

    /// <summary>An application with a golden path of its own, whose template repository is there.</summary>
    internal async Task<TestApp> NewTemplateAppAsync(string name)
    {
        await MakeTemplateAsync(name);
        return await NewAppAsync(name);
    }

    /// <summary>Makes the template repository, as people do: by a push, and a tick in its settings.</summary>
    internal async Task MakeTemplateAsync(string name)
    {
        var template = $"{name}-template";
        await GitHub.SendAsync(HttpMethod.Post, "orgs/acme/repos", $$"""{"name": "{{template}}", "visibility": "private", "auto_init": true}""");
        var folder = await GitHub.CloneAsync(template);
        await WriteDeploymentAsync(folder, name);
        await File.WriteAllTextAsync(Path.Combine(folder, "page.html"), "{{ stays as it is }}\n");
        await GitHub.PushAsync(folder, "Begin the template");
        await GitHub.SendAsync(HttpMethod.Patch, $"repos/acme/{template}", """{"is_template": true}""");
    }

    /// <summary>Writes what Argo CD deploys of an application with the environment staging into a working copy.</summary>
    internal static async Task WriteDeploymentAsync(string folder, string name)
    {
        var overlay = Directory.CreateDirectory(Path.Combine(folder, "deploy", "overlays", "staging")).FullName;
        await File.WriteAllTextAsync(Path.Combine(overlay, "kustomization.yaml"), "resources: [app.yaml]\n");
        await File.WriteAllTextAsync(Path.Combine(overlay, "app.yaml"), Workload(name));
    }

    /// <inheritdoc/>
    protected override SandboxOptions Arrange(SandboxOptions options)
    {
        var directory = Path.Combine(options.Directory, "golden-paths");
        foreach (var name in Names)
        {
            var folder = Directory.CreateDirectory(Path.Combine(directory, name)).FullName;
            File.WriteAllText(Path.Combine(folder, "template.yaml"), $"name: {name}\nversion: 1.0.0\nrepository: acme/{name}-template\n");
        }

        WriteHeavy(Path.Combine(directory, "heavy"));
        return options with { Platform = settings => settings["goldenPaths"]!["directories"]!.AsArray().Add((JsonNode)directory) };
    }

    private static void WriteHeavy(string folder)
    {
        var original = SandboxPaths.Below("golden-paths", "python-fastapi");
        foreach (var file in Directory.EnumerateFiles(original, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var manifest = Path.Combine(folder, "template.yaml");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("name: python-fastapi", "name: heavy", StringComparison.Ordinal));
        using var heavy = File.Create(Path.Combine(folder, "skeleton", "model.bin"));
        heavy.SetLength(100 << 20);
    }

    private static string Workload(string name) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{name}}
        spec:
          replicas: 1
          selector:
            matchLabels:
              app: {{name}}
          template:
            metadata:
              labels:
                app: {{name}}
            spec:
              containers:
                - name: {{name}}
                  image: {{name}}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: {{name}}
        spec:
          selector:
            app: {{name}}
          ports:
            - name: http
              port: 80
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: {{name}}
        spec:
          rules:
            - host: {{name}}.invalid
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend:
                      service:
                        name: {{name}}
                        port: {name: http}
        """;
}

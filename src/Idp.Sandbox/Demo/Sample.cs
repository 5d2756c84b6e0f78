using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.World;

namespace Idp.Sandbox.Demo;

/// <summary>The files of <c>config/samples</c>, in the order of their names.</summary>
internal sealed record Sample
{
    /// <summary>The file's name.</summary>
    public required string Name { get; init; }

    /// <summary>What its first comment says: the user's story.</summary>
    public required string Story { get; init; }

    /// <summary>Its objects.</summary>
    public required IReadOnlyList<JsonObject> Objects { get; init; }

    /// <summary>The names of its objects of our kinds.</summary>
    public IEnumerable<ObjectKey> Ours => Objects
        .Where(item => item.TextAt("apiVersion")?.StartsWith("idp.dev/", StringComparison.Ordinal) == true)
        .Select(item => new ObjectKey(item.TextAt("metadata", "namespace") ?? "", item.TextAt("metadata", "name") ?? ""));

    /// <summary>Reads them all.</summary>
    public static IReadOnlyList<Sample> ReadAll() =>
    [
        .. Directory.EnumerateFiles(SandboxPaths.Below("config", "samples"), "*.yaml")
            .Where(file => Path.GetFileName(file) != "kustomization.yaml")
            .Order(StringComparer.Ordinal)
            .Select(file => new Sample
            {
                Name = Path.GetFileName(file),
                Story = string.Join(' ', File.ReadLines(file)
                    .TakeWhile(line => line.StartsWith('#'))
                    .Select(line => line.TrimStart('#').Trim())),
                Objects = Installer.ReadFile(file),
            }),
    ];
}

using System.Text.Json.Nodes;
using Idp.Sandbox.Processes;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>Builds a directory of a checked-out repository into objects, with the kustomize inside kubectl.</summary>
/// <remarks>
/// kubectl up to 1.20 carries kustomize 2.0.3, which lacks <c>patches</c>, <c>replicas</c> and directories among
/// <c>resources</c>; there they are translated first (<see cref="OldKustomize"/>).
/// </remarks>
internal sealed class KustomizeBuild(string kubectl)
{
    private Task<bool>? _old;

    /// <summary>The objects that the directory's manifests make, in kustomize's order.</summary>
    /// <param name="root">Where the repository was checked out; files below it may be rewritten.</param>
    /// <param name="path">The directory below it.</param>
    /// <param name="options">The Application's <c>source.kustomize</c>, put on top; null for none.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="ManifestException">The directory is absent or cannot be built.</exception>
    public async Task<IReadOnlyList<JsonObject>> RunAsync(
        string root, string path, JsonObject? options, CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(Path.Combine(root, path));
        if (!Directory.Exists(directory) || !directory.StartsWith(Path.GetFullPath(root), StringComparison.Ordinal))
        {
            throw new ManifestException($"{path}: app path does not exist");
        }

        if (KustomizationFile.Find(directory) is null)
        {
            return [.. Directory.EnumerateFiles(directory, "*.y*ml").Order(StringComparer.Ordinal).SelectMany(ReadFile)];
        }

        if (options is not null)
        {
            var kustomization = KustomizationFile.Read(directory);
            KustomizationFile.Edit(kustomization, options);
            KustomizationFile.Write(directory, kustomization);
        }

        if (await IsOldAsync(cancellationToken))
        {
            await new OldKustomize(this).TranslateAsync(directory, cancellationToken);
        }

        return await BuildAsync(directory, cancellationToken);
    }

    /// <summary>Runs <c>kubectl kustomize</c> on the directory as it is.</summary>
    /// <exception cref="ManifestException">It cannot be built.</exception>
    public async Task<IReadOnlyList<JsonObject>> BuildAsync(string directory, CancellationToken cancellationToken)
    {
        var result = await new Command(kubectl, "kustomize", directory).RunAsync(cancellationToken);
        if (!result.Succeeded)
        {
            throw new ManifestException($"`kustomize build` failed exit status {result.ExitCode}: {result.LastLine}");
        }

        return Parse(result.Output, "the build's output");
    }

    private Task<bool> IsOldAsync(CancellationToken cancellationToken) => _old ??= AskAsync(cancellationToken);

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        var result = await new Command(kubectl, "version", "--client", "-o", "json").RunAsync(cancellationToken);
        var version = JsonNode.Parse(result.Output);
        var minor = version.TextAt("clientVersion", "minor")?.TrimEnd('+');
        return version.TextAt("kustomizeVersion") is null && int.TryParse(minor, out var number) && number <= 20;
    }

    private static IReadOnlyList<JsonObject> ReadFile(string file) =>
        Parse(File.ReadAllText(file), Path.GetFileName(file));

    private static IReadOnlyList<JsonObject> Parse(string text, string where)
    {
        try
        {
            return YamlText.ReadObjects(text);
        }
        catch (FormatException exception)
        {
            throw new ManifestException($"failed to unmarshal {where}: {exception.Message}", exception);
        }
    }
}

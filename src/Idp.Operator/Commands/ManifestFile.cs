using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Operator.Yaml;

namespace Idp.Operator.Commands;

/// <summary>The manifests of our kinds in a file.</summary>
internal sealed record ManifestFile(IReadOnlyList<BackendApp> Apps, IReadOnlyList<ApplicationEnvironment> Environments)
{
    private const string DefaultNamespace = "default";

    /// <summary>Reads a file; says on standard error what is wrong with it, and returns null then.</summary>
    public static ManifestFile? Read(FileInfo file)
    {
        List<BackendApp> apps = [];
        List<ApplicationEnvironment> environments = [];
        try
        {
            foreach (var document in YamlReader.ReadAll(File.ReadAllText(file.FullName), file.FullName).Select(d => d.Root).OfType<JsonObject>())
            {
                FillIn(document);
                if ((string?)document["kind"] == BackendApp.ResourceKind.Kind)
                {
                    apps.Add(document.Deserialize(BackendApp.JsonType)!);
                }
                else if ((string?)document["kind"] == ApplicationEnvironment.ResourceKind.Kind)
                {
                    environments.Add(document.Deserialize(ApplicationEnvironment.JsonType)!);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or YamlReadException or JsonException)
        {
            Console.Error.WriteLine(error is JsonException ? $"{file.FullName}: {error.Message}" : error.Message);
            return null;
        }

        if (apps.Count + environments.Count == 0)
        {
            Console.Error.WriteLine($"{file.FullName} has neither a BackendApp nor an ApplicationEnvironment.");
            return null;
        }

        return new ManifestFile(apps, environments);
    }

    private static void FillIn(JsonObject document)
    {
        if (document["metadata"] is JsonObject metadata && metadata["namespace"] is null)
        {
            metadata["namespace"] = DefaultNamespace;
        }
    }
}

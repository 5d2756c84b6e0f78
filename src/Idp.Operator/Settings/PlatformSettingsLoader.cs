using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Idp.Kubernetes.Client;
using Idp.Operator.Yaml;

namespace Idp.Operator.Settings;

/// <summary>Reads <c>platform.yaml</c>.</summary>
public static class PlatformSettingsLoader
{
    // More than a ConfigMap holds, and than the YAML reader takes.
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Reads the file; a file that cannot be read is an error like any other.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The settings with all defaults filled in, or every error with its line.</returns>
    public static Loaded<PlatformSettings> Load(string path) => LoadText(path).Settings;

    /// <summary>Reads the file, and says what it held, or why it could not be read, to tell a change by.</summary>
    internal static (string Text, Loaded<PlatformSettings> Settings) LoadText(string path)
    {
        try
        {
            var text = BoundedText.OfFile(path, MaxBytes);
            return (text, Parse(text, path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var failure = new FileError(path, 0, 0, "", $"cannot be read: {error.Message}");
            return (error.Message, Loaded<PlatformSettings>.Failed([failure]));
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">What the file holds.</param>
    /// <param name="file">The name of the file, for the errors.</param>
    public static Loaded<PlatformSettings> Parse(string text, string file)
    {
        YamlDocument document;
        try
        {
            document = YamlReader.Read(text, file);
        }
        catch (YamlReadException error)
        {
            return Loaded<PlatformSettings>.Failed([error.Error]);
        }

        // An empty file is a file that leaves everything to the defaults; what is missing will be said below.
        var errors = document.Root is null ? [] : SchemaCheck.Run(document, SettingsJson.Default.PlatformSettings);
        if (errors.Any(error => error.Path.Length == 0))
        {
            return Loaded<PlatformSettings>.Failed(errors);
        }

        // What breaks a rule is said in the same round as what has the wrong type; only sections that cannot be read are left out.
        var unreadable = errors.Select(error => SectionOf(error.Path)).ToHashSet(StringComparer.Ordinal);
        var settings = Derive(Merge(Without(document.Root as JsonObject ?? [], unreadable)));
        var findings = new PlatformSettingsRules(document, settings).Check()
            .Where(finding => !unreadable.Contains(SectionOf(finding.Path)));
        IReadOnlyList<FileError> all = [.. errors, .. findings];
        return all.Count > 0 ? Loaded<PlatformSettings>.Failed(all) : Loaded<PlatformSettings>.Of(settings);
    }

    private static string SectionOf(string path) => path.Split('.', '[')[0];

    private static JsonObject Without(JsonObject written, HashSet<string> sections) =>
        new(written.Where(section => !sections.Contains(section.Key)).Select(s => KeyValuePair.Create(s.Key, s.Value?.DeepClone())));

    private static PlatformSettings Merge(JsonObject written)
    {
        var merged = (JsonObject)JsonSerializer.SerializeToNode(DefaultsFor(written), SettingsJson.Default.PlatformSettings)!;
        MergePatch.Apply(merged, written);
        KeepNulls(merged, written, SettingsJson.Default.PlatformSettings);
        return merged.Deserialize(SettingsJson.Default.PlatformSettings)!;
    }

    /// <summary>What is off unless it is written has defaults only where it is.</summary>
    private static PlatformSettings DefaultsFor(JsonObject written)
    {
        var usual = new PlatformSettings();
        var asked = (written["github"] as JsonObject)?["repository"] as JsonObject;
        var repository = usual.GitHub.Repository with
        {
            Environments = asked?["environments"] is JsonObject ? new GitHubEnvironmentsSettings() : null,
            Ruleset = asked?["ruleset"] is JsonObject ? new RulesetSettings() : null,
        };
        return usual with { GitHub = usual.GitHub with { Repository = repository } };
    }

    /// <summary>A null in the file is a value of its own where a setting may have none: it must not become the default again.</summary>
    private static void KeepNulls(JsonObject merged, JsonObject written, JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => written.ContainsKey(property.Name)))
        {
            if (written[property.Name] is null)
            {
                merged[property.Name] = null;
            }
            else if (written[property.Name] is JsonObject inner
                && merged[property.Name] is JsonObject target
                && type.Options.GetTypeInfo(property.PropertyType) is { Kind: JsonTypeInfoKind.Object } record)
            {
                KeepNulls(target, inner, record);
            }
        }
    }

    /// <summary>Fills in the values whose default follows from another value.</summary>
    private static PlatformSettings Derive(PlatformSettings settings) => settings with
    {
        Registry = settings.Registry.Length > 0 || settings.GitHub.Owner.Length == 0
            ? settings.Registry
            : $"ghcr.io/{settings.GitHub.Owner.ToLowerInvariant()}",
        GitHub = settings.GitHub with { WebUrl = settings.GitHub.WebUrl ?? WebUrlOf(settings.GitHub.ApiUrl) },
    };

    private static Uri WebUrlOf(Uri apiUrl) =>
        !apiUrl.IsAbsoluteUri || apiUrl.Host == "api.github.com" ? new Uri("https://github.com/")
        : apiUrl.Host.StartsWith("api.", StringComparison.Ordinal) && apiUrl.Host.EndsWith(".ghe.com", StringComparison.Ordinal)
            ? new Uri($"https://{apiUrl.Host[4..]}/")
            : new Uri(apiUrl.GetLeftPart(UriPartial.Authority) + "/");
}

/// <summary>Lays what a file says over the defaults.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7386</remarks>
internal static class MergePatch
{
    /// <summary>Merges mappings key by key; null removes; everything else, lists included, replaces.</summary>
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else if (value is JsonObject inner && target[key] is JsonObject merged)
            {
                Apply(merged, inner);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }
}

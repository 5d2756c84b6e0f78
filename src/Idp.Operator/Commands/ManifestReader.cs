using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.Yaml;

namespace Idp.Operator.Commands;

/// <summary>Reads manifests of our kinds, and refuses what an API server would refuse, with the place of each fault.</summary>
/// <remarks>
/// What is no field is found by the metadata that the operator reads objects with, and what breaks a rule by the operator's own
/// validation, which holds every limit of the definitions and their CEL rules: there is no second schema. Objects of other kinds are left out.
/// </remarks>
/// <param name="defaultNamespace">The namespace of an object that names none.</param>
internal sealed class ManifestReader(string defaultNamespace)
{
    // What a server adds to metadata and this program never reads.
    private static readonly string[] Unread =
        ["metadata.generateName", "metadata.managedFields", "metadata.selfLink", "metadata.deletionGracePeriodSeconds"];

    private static readonly ResourceKind[] Kinds = [BackendApp.ResourceKind, ApplicationEnvironment.ResourceKind];
    private readonly List<BackendApp> _apps = [];
    private readonly List<ApplicationEnvironment> _environments = [];
    private readonly List<FileError> _errors = [];

    /// <summary>Reads files.</summary>
    /// <param name="names">Files, folders (their files with the endings yaml, yml and json), or <c>-</c>.</param>
    /// <param name="input">What <c>-</c> stands for.</param>
    /// <returns>All objects of our kinds, or everything that is wrong.</returns>
    public Loaded<Manifests> Read(IReadOnlyList<string> names, TextReader input)
    {
        foreach (var name in names)
        {
            ReadNamed(name, input);
        }

        if (_errors.Count == 0 && _apps.Count + _environments.Count == 0)
        {
            _errors.Add(new FileError(string.Join(", ", names.Select(Shown)), 0, 0, "", "there is neither a BackendApp nor an ApplicationEnvironment"));
        }

        return _errors.Count > 0 ? Loaded<Manifests>.Failed(_errors) : Loaded<Manifests>.Of(new Manifests(_apps, _environments));
    }

    private void ReadNamed(string name, TextReader input)
    {
        try
        {
            if (name == "-")
            {
                ReadText(input.ReadToEnd(), Shown(name));
                return;
            }

            foreach (var file in Directory.Exists(name) ? FilesOf(name) : [name])
            {
                ReadText(File.ReadAllText(file), file);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _errors.Add(new FileError(name, 0, 0, "", $"cannot be read: {error.Message}"));
        }
    }

    private static string Shown(string name) => name == "-" ? "standard input" : name;

    private static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json")
        .Order(StringComparer.Ordinal);

    private void ReadText(string text, string file)
    {
        try
        {
            foreach (var document in YamlReader.ReadAll(text, file))
            {
                ReadDocument(document);
            }
        }
        catch (YamlReadException error)
        {
            _errors.Add(error.Error);
        }
    }

    private void ReadDocument(YamlDocument document)
    {
        if (document.Root is not JsonObject root)
        {
            if (document.Root is not null)
            {
                _errors.Add(document.Error("", "a mapping is expected"));
            }
        }
        else if (KindOf(document, root) is not { } kind)
        {
            return;
        }
        else if (kind == BackendApp.ResourceKind)
        {
            if (TryBind(document, root, BackendApp.JsonType, app => BackendAppValidation.Validate(app.Spec, app.Metadata), out var app))
            {
                _apps.Add(app);
            }
        }
        else if (TryBind(
            document, root, ApplicationEnvironment.JsonType, item => ApplicationEnvironmentValidation.Validate(item.Spec, item.Metadata), out var environment))
        {
            _environments.Add(environment);
        }
    }

    /// <summary>Which of our kinds a document is; null for those of others, and for one that only looks like ours, which is an error.</summary>
    private ResourceKind? KindOf(YamlDocument document, JsonObject root)
    {
        var (version, name) = (Text(root["apiVersion"]), Text(root["kind"]));
        var isOurs = version.StartsWith($"{BackendApp.ResourceKind.Group}/", StringComparison.Ordinal);
        if (Kinds.FirstOrDefault(kind => kind.Kind == name) is not { } found)
        {
            if (isOurs)
            {
                var hint = Spelling.Hint(name, Kinds.Select(kind => kind.Kind));
                _errors.Add(document.Error("kind", $"{version} has no such kind{hint}"));
            }

            return null;
        }

        if (version != found.ApiVersion)
        {
            _errors.Add(document.Error("apiVersion", $"must be {found.ApiVersion} for a {name}"));
            return null;
        }

        return found;
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private bool TryBind<T>(
        YamlDocument document,
        JsonObject root,
        JsonTypeInfo<T> type,
        Func<T, IReadOnlyList<FieldError>> validate,
        [NotNullWhen(true)] out T? entity)
        where T : class
    {
        // A server takes no status from a manifest.
        root.Remove("status");
        var errors = SchemaCheck.Run(document, type).Where(error => !Unread.Contains(error.Path)).ToList();
        AddMissing(errors, EmptyIn(root, "").Where(path => YamlPath.IsWithin(path, "spec"))
            .Select(path => document.Error(path, "has no value: leave the key out for the default")));
        entity = null;
        try
        {
            FillIn(root);
            entity = root.Deserialize(type)!;
            AddMissing(errors, validate(entity).Select(error => document.Error(error.Path, error.Message)));
        }
        catch (JsonException error)
        {
            // Whatever has the wrong type was found before, with its place; rules are for what can be read.
            if (errors.Count == 0)
            {
                errors.Add(document.Error("", error.Message));
            }
        }

        _errors.AddRange(errors);
        return errors.Count == 0 && entity is not null;
    }

    /// <summary>Adds errors of values of which none has been told yet.</summary>
    private static void AddMissing(List<FileError> errors, IEnumerable<FileError> more)
    {
        var told = errors.Select(error => error.Path).ToHashSet(StringComparer.Ordinal);
        errors.AddRange(more.Where(error => !told.Contains(error.Path)));
    }

    /// <summary>The fields that are there without a value: the operator would take them for absent, a server refuses them.</summary>
    private static IEnumerable<string> EmptyIn(JsonNode? node, string path) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Value is null
            ? [YamlPath.Key(path, field.Key)]
            : EmptyIn(field.Value, YamlPath.Key(path, field.Key))),
        JsonArray items => items.SelectMany((item, index) => EmptyIn(item, YamlPath.Item(path, index))),
        _ => [],
    };

    private void FillIn(JsonObject root)
    {
        if (root["metadata"] is JsonObject metadata && metadata["namespace"] is null)
        {
            metadata["namespace"] = defaultNamespace;
        }
    }
}

/// <summary>The objects of our kinds that files hold.</summary>
internal sealed record Manifests(IReadOnlyList<BackendApp> Apps, IReadOnlyList<ApplicationEnvironment> Environments);

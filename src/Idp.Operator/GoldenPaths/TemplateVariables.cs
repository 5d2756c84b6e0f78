using System.Globalization;
using Idp.Operator.Settings;

namespace Idp.Operator.GoldenPaths;

/// <summary>The values that a golden path may speak of, and which of them can be any text.</summary>
internal static class TemplateVariables
{
    /// <summary>What begins the name of a value that differs between environments.</summary>
    public const string EnvironmentPrefix = "environment.";

    /// <summary>The name of the repository that holds <c>deploy/</c> alone; empty where there is none.</summary>
    public const string DeploymentRepository = "deploymentRepository";

    private const string ParameterPrefix = "parameters.";
    private const string AllowedNamespaces = "allowedNamespaces";

    // What a condition needs: a value that is not empty.
    private const string Yes = "true";

    // The one that people write as they like.
    private const string Description = "description";

    private static readonly Dictionary<string, Func<RenderInput, string>> Common = new(StringComparer.Ordinal)
    {
        ["application"] = input => input.Application,
        [Description] = input => input.Description,
        ["owner"] = input => input.Owner,
        ["repository"] = input => input.Repository,
        [DeploymentRepository] = input => input.DeploymentRepository,
        ["team"] = input => input.Team,
        ["system"] = input => input.System,
        ["image"] = input => input.Image,
        ["registry"] = input => RegistryOf(input.Image),
        ["webUrl"] = input => input.WebUrl,
        ["ingressClass"] = input => input.IngressClass,
        ["certificateIssuer"] = input => input.CertificateIssuer,
        ["codeOwner"] = input => input.CodeOwner,
        ["database"] = input => input.Database,
        ["monitoring"] = input => input.Monitoring.ToString(),
        ["serviceMonitor"] = input => input.Monitoring == MonitoringMode.ServiceMonitor ? Yes : "",
        ["scrapeAnnotations"] = input => input.Monitoring == MonitoringMode.Annotations ? Yes : "",
        [AllowedNamespaces] = input => ListOf(input.AllowedNamespaces),
        ["firstEnvironment"] = input => input.Environments.Count > 0 ? input.Environments[0].Name : "",
    };

    private static readonly Dictionary<string, Func<RenderEnvironment, string>> OfEnvironment = new(StringComparer.Ordinal)
    {
        ["environment.name"] = environment => environment.Name,
        ["environment.stage"] = environment => environment.Stage.ToString(),
        ["environment.host"] = environment => environment.Host,
        ["environment.namespace"] = environment => environment.Namespace,
        ["environment.replicas"] = environment => environment.Replicas.ToString(CultureInfo.InvariantCulture),
        ["environment.maxReplicas"] = environment => environment.MaxReplicas?.ToString(CultureInfo.InvariantCulture) ?? "",
        ["environment.ownNetworkPolicy"] = environment => environment.OwnNetworkPolicy ? Yes : "",
    };

    /// <summary>Every name that may be used with these parameters.</summary>
    public static IEnumerable<string> Names(IReadOnlyList<GoldenPathParameter> parameters) =>
        [.. Common.Keys, .. OfEnvironment.Keys, .. parameters.Select(parameter => ParameterPrefix + parameter.Name)];

    /// <summary>Whether a value can be any text and so needs a filter; null if there is no such value.</summary>
    public static bool? IsText(string name, IReadOnlyList<GoldenPathParameter> parameters)
    {
        if (Common.ContainsKey(name) || OfEnvironment.ContainsKey(name))
        {
            return name == Description;
        }

        return parameters.FirstOrDefault(parameter => ParameterPrefix + parameter.Name == name) switch
        {
            null => null,
            { Type: ParameterType.Text, Pattern: null } => true,
            _ => false,
        };
    }

    /// <summary>What the value of a name may hold besides the characters of names: a list is written as JSON, and YAML reads it so too.</summary>
    public static string Syntax(string name) => name == AllowedNamespaces ? "[]\", " : "";

    /// <summary>The values of a rendering; those of an environment only within one.</summary>
    public static Dictionary<string, string> ValuesOf(
        RenderInput input, IReadOnlyDictionary<string, string> parameters, RenderEnvironment? environment) => new(
        [
            .. Common.Select(value => KeyValuePair.Create(value.Key, value.Value(input))),
            .. parameters.Select(parameter => KeyValuePair.Create(ParameterPrefix + parameter.Key, parameter.Value)),
            .. environment is null ? [] : OfEnvironment.Select(value => KeyValuePair.Create(value.Key, value.Value(environment))),
        ],
        StringComparer.Ordinal);

    private static string ListOf(IReadOnlyList<string> names) =>
        names.Count == 0 ? "" : $"[{string.Join(", ", names.Select(name => $"\"{name}\""))}]";

    /// <summary>The host that an image comes from, by the rule of the container tools: it has a dot, a port or is localhost.</summary>
    private static string RegistryOf(string image)
    {
        var first = image.Split('/')[0];
        return image.Contains('/', StringComparison.Ordinal) && (first.AsSpan().ContainsAny('.', ':') || first == "localhost")
            ? first
            : "docker.io";
    }
}

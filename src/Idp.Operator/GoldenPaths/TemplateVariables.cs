namespace Idp.Operator.GoldenPaths;

/// <summary>The values that a golden path may speak of, and which of them can be any text.</summary>
internal static class TemplateVariables
{
    /// <summary>What begins the name of a value that differs between environments.</summary>
    public const string EnvironmentPrefix = "environment.";

    /// <summary>The name of the repository that holds <c>deploy/</c> alone; empty where there is none.</summary>
    public const string DeploymentRepository = "deploymentRepository";

    private const string ParameterPrefix = "parameters.";

    private static readonly Dictionary<string, bool> Known = new(StringComparer.Ordinal)
    {
        ["application"] = false,
        ["description"] = true,
        ["owner"] = false,
        ["repository"] = false,
        [DeploymentRepository] = false,
        ["team"] = false,
        ["system"] = false,
        ["image"] = false,
        ["registry"] = false,
        ["webUrl"] = false,
        ["ingressClass"] = false,
        ["certificateIssuer"] = false,
        ["environment.name"] = false,
        ["environment.stage"] = false,
        ["environment.host"] = false,
        ["environment.namespace"] = false,
        ["environment.replicas"] = false,
    };

    /// <summary>Every name that may be used with these parameters.</summary>
    public static IEnumerable<string> Names(IReadOnlyList<GoldenPathParameter> parameters) =>
        Known.Keys.Concat(parameters.Select(parameter => ParameterPrefix + parameter.Name));

    /// <summary>Whether a value can be any text and so needs a filter; null if there is no such value.</summary>
    public static bool? IsText(string name, IReadOnlyList<GoldenPathParameter> parameters)
    {
        if (Known.TryGetValue(name, out var text))
        {
            return text;
        }

        return parameters.FirstOrDefault(parameter => ParameterPrefix + parameter.Name == name) switch
        {
            null => null,
            { Type: ParameterType.Text, Pattern: null } => true,
            _ => false,
        };
    }

    /// <summary>The values of a rendering; those of an environment only within one.</summary>
    public static Dictionary<string, string> ValuesOf(
        RenderInput input, IReadOnlyDictionary<string, string> parameters, RenderEnvironment? environment)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["application"] = input.Application,
            ["description"] = input.Description,
            ["owner"] = input.Owner,
            ["repository"] = input.Repository,
            [DeploymentRepository] = input.DeploymentRepository,
            ["team"] = input.Team,
            ["system"] = input.System,
            ["image"] = input.Image,
            ["registry"] = RegistryOf(input.Image),
            ["webUrl"] = input.WebUrl,
            ["ingressClass"] = input.IngressClass,
            ["certificateIssuer"] = input.CertificateIssuer,
        };
        foreach (var (name, value) in parameters)
        {
            values[ParameterPrefix + name] = value;
        }

        if (environment is not null)
        {
            values["environment.name"] = environment.Name;
            values["environment.stage"] = environment.Stage.ToString();
            values["environment.host"] = environment.Host;
            values["environment.namespace"] = environment.Namespace;
            values["environment.replicas"] = environment.Replicas.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return values;
    }

    /// <summary>The host that an image comes from, by the rule of the container tools: it has a dot, a port or is localhost.</summary>
    private static string RegistryOf(string image)
    {
        var first = image.Split('/')[0];
        return image.Contains('/', StringComparison.Ordinal) && (first.AsSpan().ContainsAny('.', ':') || first == "localhost")
            ? first
            : "docker.io";
    }
}

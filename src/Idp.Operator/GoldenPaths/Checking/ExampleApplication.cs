using System.Globalization;
using Idp.Entities;
using Idp.Operator.Settings;

namespace Idp.Operator.GoldenPaths.Checking;

/// <summary>An application such as golden paths are tried with. Pure.</summary>
internal static class ExampleApplication
{
    private const string Name = "example-service";

    // What patterns usually ask for: names, numbers, paths, versions, addresses.
    private static readonly string[] Candidates =
    [
        "example", "x", "1", "a1", "A", "/example", "1.0", "1.0.0", "example.dev", "com.example", "example@example.dev", "https://example.dev", "10Gi", "true", "main", "",
    ];

    /// <summary>The application; null where nothing is known that a required parameter takes.</summary>
    /// <param name="path">The golden path.</param>
    /// <param name="set">The parameters that are given.</param>
    public static RenderInput? Of(GoldenPath path, IReadOnlyDictionary<string, string>? set = null)
    {
        var parameters = new Dictionary<string, string>(set ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var parameter in path.Parameters.Where(parameter => parameter.Required && !parameters.ContainsKey(parameter.Name)))
        {
            if (ValueFor(parameter) is not { } value)
            {
                return null;
            }

            parameters[parameter.Name] = value;
        }

        return new RenderInput
        {
            Application = Name,
            Description = "An example, \"as it is\".",
            Owner = "acme",
            Repository = Name,
            Team = "team-example",
            System = "examples",
            Image = $"ghcr.io/acme/{Name}",
            IngressClass = "nginx",
            CertificateIssuer = "letsencrypt",

            // It has everything that files may be there for.
            Database = "postgresql",
            Monitoring = MonitoringMode.ServiceMonitor,
            CodeOwner = "@acme/team-example",
            AllowedNamespaces = ["ingress-nginx", "monitoring"],
            Environments = [Environment("staging", Stage.Staging, 1), Environment("production", Stage.Production, 2) with { MaxReplicas = 4 }],
            Parameters = parameters,
        };
    }

    private static RenderEnvironment Environment(string name, Stage stage, int replicas) => new()
    {
        Name = name,
        Stage = stage,
        Host = $"{Name}-{name}.apps.example.dev",
        Namespace = $"{Name}-{name}",
        Replicas = replicas,
        OwnNetworkPolicy = true,
    };

    private static string? ValueFor(GoldenPathParameter parameter) => parameter.Type switch
    {
        ParameterType.Number => (parameter.Minimum ?? Math.Min(1, parameter.Maximum ?? 1)).ToString(CultureInfo.InvariantCulture),
        ParameterType.Boolean => "true",
        ParameterType.Choice => parameter.Values[0],
        _ => Candidates.FirstOrDefault(candidate => ParameterValues.Problem(parameter, candidate) is null),
    };
}

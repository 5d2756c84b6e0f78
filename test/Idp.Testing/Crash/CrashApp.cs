using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.World;

namespace Idp.Testing.Crash;

/// <summary>One application of many that are alike but for the name: the sample with everything, in two environments.</summary>
/// <param name="Number">Which of them.</param>
/// <param name="Policy">What becomes of repository and databases when it is deleted.</param>
internal sealed partial record CrashApp(int Number, DeletionPolicy Policy)
{
    private const string SampleFile = "02-payment-service.yaml";

    /// <summary>The application's name: of one length, and without what some names (of databases) cannot have.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"crash{Number:0000}");

    /// <summary>The team's namespace.</summary>
    public string Team => $"team-{Name}";

    /// <summary>Where the BackendApp is.</summary>
    public ObjectKey Key => new(Team, Name);

    /// <summary>Whether a name is due to such an application, whichever.</summary>
    public static bool Names(string text) => AnyName().IsMatch(text);

    /// <summary>The manifest: the shipped sample under this name, within what every team is granted.</summary>
    public JsonObject Manifest()
    {
        var manifest = Installer.ReadFile(SandboxPaths.Below("config", "samples", SampleFile))[0];
        var spec = manifest["spec"]!.AsObject();
        manifest["metadata"] = new JsonObject
        {
            ["name"] = Name,
            ["namespace"] = Team,
            ["annotations"] = new JsonObject { [Annotations.ConfirmDelete] = Name },
        };
        spec["team"] = Team;
        spec["repository"]!["name"] = Name;
        spec["repository"]!["deletionPolicy"] = $"{Policy}";
        spec["database"]!["deletionPolicy"] = $"{Policy}";
        spec["secrets"]![0]!["remoteRef"]!["key"] = $"{Team}/stripe";
        foreach (var environment in spec.ObjectsAt("environments").Where(item => item.TextAt("host") is not null))
        {
            environment["host"] = $"{Name}.shop.acme.dev";
        }

        return manifest;
    }

    /// <summary>Whether the BackendApp says that all of its newest manifest is true.</summary>
    public static bool IsReady(KubeObject? live) => live?.Deserialize(BackendApp.JsonType).Status.Conditions.Any(
        condition => condition is { Type: "Ready", Status: ConditionStatus.True }
            && condition.ObservedGeneration == live.Metadata.Generation) == true;

    [GeneratedRegex(@"crash\d{4}")]
    private static partial Regex AnyName();
}

using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>What an Application asks for, as far as the stand-in carries it out: one Git source, this cluster.</summary>
internal sealed record ApplicationSpec
{
    /// <summary>The finalizers with which deleting the Application deletes what it deployed.</summary>
    public const string Finalizer = "resources-finalizer.argocd.argoproj.io";

    public required string Name { get; init; }

    public required string Project { get; init; }

    public required JsonObject Source { get; init; }

    public required JsonObject Destination { get; init; }

    public required bool Automated { get; init; }

    public required bool Prune { get; init; }

    public required bool SelfHeal { get; init; }

    public required bool CreateNamespace { get; init; }

    public required JsonObject? Retry { get; init; }

    public string RepoUrl => Source.TextAt("repoURL") ?? "";

    public string Path => Source.TextAt("path") ?? "";

    public string TargetRevision => Source.TextAt("targetRevision") is { Length: > 0 } revision ? revision : "HEAD";

    public string Namespace => Destination.TextAt("namespace") ?? "";

    public static ApplicationSpec Read(JsonObject application)
    {
        var spec = application["spec"];
        var automated = spec.At("syncPolicy", "automated") as JsonObject;
        return new ApplicationSpec
        {
            Name = application.TextAt("metadata", "name") ?? "",
            Project = spec.TextAt("project") is { Length: > 0 } project ? project : "default",
            Source = spec.At("source") as JsonObject ?? spec.ObjectsAt("sources").FirstOrDefault() ?? [],
            Destination = spec.At("destination") as JsonObject ?? [],
            Automated = automated is not null && automated.FlagAt(true, "enabled"),
            Prune = automated.FlagAt(false, "prune"),
            SelfHeal = automated.FlagAt(false, "selfHeal"),
            CreateNamespace = spec.TextsAt("syncPolicy", "syncOptions").Contains("CreateNamespace=true"),
            Retry = spec.At("syncPolicy", "retry") as JsonObject,
        };
    }

    /// <summary>Whether deleting the Application shall delete what it deployed.</summary>
    public static bool Cascades(ObjectMeta metadata) => metadata.Finalizers.Any(IsCascade);

    /// <summary>Whether the finalizer is one that asks for the cascade.</summary>
    public static bool IsCascade(string finalizer) =>
        finalizer == Finalizer || finalizer.StartsWith(Finalizer + "/", StringComparison.Ordinal);

    /// <summary>What the status compares against: source and destination as they are now.</summary>
    public JsonObject ComparedTo() => new()
    {
        ["source"] = Source.DeepClone(),
        ["destination"] = Destination.DeepClone(),
    };
}

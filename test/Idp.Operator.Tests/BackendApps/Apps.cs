using System.Text.Json;
using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;

namespace Idp.Operator.Tests.BackendApps;

/// <summary>Manifests and worlds for the tests of this folder.</summary>
internal static class Apps
{
    public const string Uid = "11111111-1111-1111-1111-111111111111";

    public static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static PlatformSettings Settings { get; } = new()
    {
        GitHub = new GitHubSettings { Owner = "acme" },
        Registry = "ghcr.io/acme",
        Ingress = new IngressSettings { Domain = "apps.acme.dev" },
    };

    public static GoldenPathCatalog Catalog { get; } = GoldenPathCatalog.Of(
    [
        new GoldenPath
        {
            Name = "python-fastapi",
            Version = "1.1.0",
            Parameters = [new GoldenPathParameter { Name = "port", Type = ParameterType.Number, Default = "8000" }],
            Files = [],
        },
    ]);

    public static BackendApp Read(string spec, string status = "{}") => JsonSerializer.Deserialize(
        $$"""
        {
          "apiVersion": "idp.dev/v1alpha1", "kind": "BackendApp",
          "metadata": {
            "name": "payment-service", "namespace": "team-payments", "uid": "{{Uid}}", "generation": 3,
            "creationTimestamp": "2026-11-01T11:00:00Z"
          },
          "spec": {{spec}},
          "status": {{status}}
        }
        """,
        BackendApp.JsonType)!;

    public static ObservedApp World(ObservedRepository? repository = null) => new()
    {
        Settings = Settings,
        GoldenPaths = Catalog,
        Repository = repository ?? ObservedRepository.None,
    };

    public static Repository Repository() => new()
    {
        Id = 7,
        Owner = "acme",
        Name = "payment-service",
        Description = "payment-service, from the golden path python-fastapi",
        Visibility = GitHub.RepositoryVisibility.Private,
        DefaultBranch = "trunk",
        HtmlUrl = "https://github.com/acme/payment-service",
        CloneUrl = "https://github.com/acme/payment-service.git",
    };

    public static EnvironmentView Ready(string name) => View(name, ConditionStatus.True, Reasons.Succeeded, "All is well.");

    public static EnvironmentView View(string name, ConditionStatus status, string reason, string message, string? stalled = null) => new(
        name,
        new Condition { Type = Conditions.Ready, Status = status, Reason = reason, Message = message },
        stalled is null ? null : new Condition { Type = Conditions.Stalled, Status = ConditionStatus.True, Reason = stalled, Message = message },
        new ApplicationEnvironmentStatus { Namespace = $"payment-service-{name}", Sync = "Synced", Health = "Healthy" });
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Idp.Entities;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Repositories.Features;
using Idp.Operator.Settings;

namespace Idp.Operator.BackendApps;

/// <summary>A BackendApp with every default filled in.</summary>
public sealed record ResolvedApp
{
    /// <summary>The application's name, which is the BackendApp's.</summary>
    public required string Application { get; init; }

    /// <summary>The team that owns it.</summary>
    public required string Team { get; init; }

    /// <summary>What the repository and the catalog say about it.</summary>
    public required string Description { get; init; }

    /// <summary>The GitHub organisation.</summary>
    public required string Owner { get; init; }

    /// <summary>The repository's name.</summary>
    public required string Repository { get; init; }

    /// <summary>The name of the repository that holds the deployment manifests alone; null where the repository holds them itself.</summary>
    public string? DeploymentRepository { get; init; }

    /// <summary>The image without tag or digest.</summary>
    public required string Image { get; init; }

    /// <summary>The golden path's name.</summary>
    public required string Template { get; init; }

    /// <summary>Which of its versions are wanted.</summary>
    public VersionRange TemplateVersions { get; init; } = VersionRange.Any;

    /// <summary>The stages that the application goes through.</summary>
    public required IReadOnlyList<ResolvedEnvironment> Environments { get; init; }

    /// <summary>What the repository shall be beyond its files.</summary>
    public DesiredFeatures Features { get; init; } = DesiredFeatures.None;

    /// <summary>Fills in the defaults.</summary>
    /// <param name="app">The manifest.</param>
    /// <param name="settings">Where most defaults come from.</param>
    /// <param name="namespaceTeam">The team label of the manifest's namespace; null without one.</param>
    public static ResolvedApp Of(BackendApp app, PlatformSettings settings, string? namespaceTeam)
    {
        var name = app.Metadata.Name;
        var team = app.Spec.Team ?? namespaceTeam ?? app.Metadata.Namespace ?? "";
        var repository = app.Spec.Repository?.Name ?? name;
        var template = app.Spec.Template?.Name ?? settings.GoldenPaths.Default;
        var resolved = new ResolvedApp
        {
            Application = name,
            Team = team,
            Description = app.Spec.Description ?? $"{name}, from the golden path {template}",
            Owner = app.Spec.Repository?.Owner ?? settings.GitHub.Owner,
            Repository = repository,

            // One that was made stays known, so that a deletion finds it whatever the manifest says by then.
            DeploymentRepository = DeploymentRepositoryPlan.IsSeparate(app.Spec) || app.Status.DeploymentRepository is not null
                ? repository + RepositorySpec.DeploymentSuffix
                : null,
            Image = ImageReference.WithoutVersion(app.Spec.Image ?? settings.ImageFor(repository)),
            Template = template,
            TemplateVersions = VersionRange.Of(app.Spec.Template?.Version),
            Environments = [.. Wanted(app.Spec, settings).Select(environment => Resolve(environment, name, team, settings))],
        };
        return resolved with { Features = DesiredFeatures.For(resolved.FeaturesFrom(settings.GitHub.Repository, app.Metadata.Namespace ?? "")) };
    }

    private FeatureRequest FeaturesFrom(GitHubRepositorySettings settings, string home) => new(
        settings,
        [.. Environments.Select(environment => (environment.Spec.Name, environment.Stage))],
        rule => Placeholders.Fill(rule, name => name switch
        {
            "application" => Application,
            "team" => Team,
            "namespace" => home,
            _ => null,
        }));

    private static IReadOnlyList<EnvironmentSpec> Wanted(BackendAppSpec spec, PlatformSettings settings) =>
        spec.Environments.Count > 0
            ? spec.Environments
            : [.. settings.Environments.Select(environment => new EnvironmentSpec { Name = environment.Name, Stage = environment.Stage })];

    private static ResolvedEnvironment Resolve(EnvironmentSpec spec, string application, string team, PlatformSettings settings)
    {
        var stage = spec.Stage
            ?? settings.Environments.FirstOrDefault(known => known.Name == spec.Name)?.Stage
            ?? StageNamed(spec.Name);
        var identity = new EnvironmentIdentity
        {
            Application = application,
            Environment = spec.Name,
            Namespace = $"{application}-{spec.Name}",
            Team = team,
        };
        return new ResolvedEnvironment(spec, stage, identity, spec.Host ?? settings.HostFor(identity));
    }

    private static Stage StageNamed(string name) => name switch
    {
        "production" or "prod" => Stage.Production,
        "staging" or "stage" => Stage.Staging,
        _ => Stage.Development,
    };

    /// <summary>Changes whenever something that the repository should be changes.</summary>
    public string RepositoryVersion(BackendApp app, PlatformSettings settings)
    {
        var text = string.Join(
            '\n',
            app.Metadata.Generation,
            app.Metadata.Annotations.GetValueOrDefault(Annotations.ReconcileRequestedAt),
            JsonSerializer.Serialize(settings.GitHub, SettingsJson.Default.GitHubSettings),
            Owner,
            Template,
            Team,
            string.Join(',', Environments.Select(environment => $"{environment.Spec.Name}:{environment.Stage}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>One stage of an application, every default filled in.</summary>
/// <param name="Spec">What the manifest says; for a default environment only its name and stage.</param>
/// <param name="Stage">What it is for.</param>
/// <param name="Identity">Its application, name, namespace and team.</param>
/// <param name="Host">The host of its address.</param>
public sealed record ResolvedEnvironment(EnvironmentSpec Spec, Stage Stage, EnvironmentIdentity Identity, string Host)
{
    /// <summary>The name of its ApplicationEnvironment.</summary>
    public string ObjectName => $"{Identity.Application}-{Spec.Name}";
}

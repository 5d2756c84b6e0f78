using System.Text;
using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;

namespace Idp.Operator.BackendApps;

/// <summary>Renders what of the golden path a new repository starts with.</summary>
/// <param name="Files">The files, without the marker.</param>
/// <param name="Marker">What the repository will say of its origin.</param>
/// <param name="Lock">What it will say of the files, unsigned.</param>
public sealed record ScaffoldPlan(IReadOnlyList<RepositoryFile> Files, RepositoryMarker Marker, GoldenPathLock Lock)
{
    /// <summary>The folder of the deployment manifests: what a separate repository for them holds.</summary>
    private const string Deployment = "deploy/";

    /// <summary>Renders the files of one repository: all of them, or with a separate deployment repository its own.</summary>
    public static ScaffoldPlan For(BackendApp app, ResolvedApp resolved, RepositoryOwner belongsTo, GoldenPath goldenPath, PlatformSettings settings)
    {
        var files = FilesOf(app, resolved, belongsTo, goldenPath, settings, TemplateUpdates.ParametersOf(app));
        var target = TemplateUpdates.TargetOf(app, resolved, goldenPath);
        var marker = RepositoryMarker.Of(belongsTo) with { Template = goldenPath.Name, Version = goldenPath.Version };
        var brought = new GoldenPathLock
        {
            Template = target.Template,
            Version = target.Version,
            Inputs = target.Inputs,
            Parameters = target.Parameters,
            Files = [.. files.Select(file => LockedFile.Of(file, target.Version))],
        };
        return new ScaffoldPlan([.. files.Select(ToRepositoryFile)], marker, brought);
    }

    /// <summary>The files of one repository, with other parameters than the manifest's where they are asked for.</summary>
    public static IReadOnlyList<RenderedFile> FilesOf(
        BackendApp app, ResolvedApp resolved, RepositoryOwner belongsTo, GoldenPath goldenPath, PlatformSettings settings, IReadOnlyDictionary<string, string> parameters)
    {
        var input = InputOf(app, resolved, settings) with { Parameters = parameters };
        return FilesOf(belongsTo, input, GoldenPathRenderer.Render(goldenPath, input));
    }

    private static IReadOnlyList<RenderedFile> FilesOf(RepositoryOwner belongsTo, RenderInput input, IReadOnlyList<RenderedFile> all)
    {
        var deployment = all.ToLookup(file => file.Path.StartsWith(Deployment, StringComparison.Ordinal));
        return (belongsTo.Role, input.DeploymentRepository) switch
        {
            (RepositoryOwner.Deployment, _) => [DeploymentReadme.For(input), .. deployment[true]],
            (_, "") => all,
            _ => [.. deployment[false]],
        };
    }

    /// <summary>The type of the database; empty without one.</summary>
    public static string DatabaseOf(BackendApp app) => app.Spec.Database?.Type.ToString().ToLowerInvariant() ?? "";

    private static RenderInput InputOf(BackendApp app, ResolvedApp resolved, PlatformSettings settings) => new()
    {
        Application = resolved.Application,
        Description = resolved.Description,
        Owner = resolved.Owner,
        Repository = resolved.Repository,
        DeploymentRepository = resolved.DeploymentRepository ?? "",
        Team = resolved.Team,
        System = app.Spec.System ?? "",
        Image = resolved.Image,
        WebUrl = (settings.GitHub.WebUrl ?? new Uri("https://github.com")).AbsoluteUri.TrimEnd('/'),
        IngressClass = settings.Ingress.ClassName,
        CertificateIssuer = settings.Ingress.CertificateIssuer,
        CodeOwner = CodeOwnerOf(resolved, app.Metadata.Namespace ?? "", settings.GitHub.Repository),
        Database = DatabaseOf(app),
        Monitoring = settings.Monitoring,
        AllowedNamespaces = settings.Network.AllowedNamespaces,
        Environments = [.. resolved.Environments.Select(environment => InputOf(environment, app.Spec.Replicas, settings))],
    };

    private static RenderEnvironment InputOf(ResolvedEnvironment environment, int? replicas, PlatformSettings settings)
    {
        var stage = settings.Stages[environment.Stage];
        var isFixed = (environment.Spec.Replicas ?? replicas) is not null || stage.Replicas == 0 || stage.MaxReplicas <= stage.Replicas;
        return new RenderEnvironment
        {
            Name = environment.Spec.Name,
            Stage = environment.Stage,
            Host = environment.Host,
            Namespace = environment.Identity.Namespace,
            Replicas = environment.Spec.Replicas ?? replicas ?? stage.Replicas,
            MaxReplicas = isFixed ? null : stage.MaxReplicas,

            // The project that the operator makes refuses one, since it could open what the guardrails close.
            OwnNetworkPolicy = stage.Guardrails.NetworkIsolation == NetworkIsolation.None && settings.ArgoCd.Project.Length > 0,
        };
    }

    /// <summary>The first team that may write to every repository, for GitHub heeds no other; else the team that owns the application.</summary>
    private static string CodeOwnerOf(ResolvedApp resolved, string home, GitHubRepositorySettings settings)
    {
        var rule = settings.Teams.FirstOrDefault(team => team.Permission >= RepositoryPermission.Push)?.Team ?? "{team}";
        var slug = Placeholders.Fill(rule, name => name switch
        {
            "application" => resolved.Application,
            "team" => resolved.Team,
            "namespace" => home,
            _ => null,
        });
        return $"@{resolved.Owner}/{slug}";
    }

    private static RepositoryFile ToRepositoryFile(RenderedFile file) =>
        new() { Path = file.Path, Content = file.Content, Executable = file.Executable };
}

/// <summary>Writes the front page of a repository that holds the deployment manifests alone.</summary>
internal static class DeploymentReadme
{
    /// <summary>The file; it names nothing but names, so no text of a manifest can become markup.</summary>
    public static RenderedFile For(RenderInput input)
    {
        var text = $"""
            # {input.DeploymentRepository}

            How [{input.Repository}]({input.WebUrl}/{input.Owner}/{input.Repository}) is deployed. Argo CD follows the default branch of this repository.

            | | |
            | --- | --- |
            | `deploy/base/` | what all environments have in common |
            {string.Join('\n', input.Environments.Select(environment => $"| `deploy/overlays/{environment.Name}/` | {environment.Name}: {environment.Stage} |"))}

            The workflow of {input.Repository} writes the tag of each new image into `deploy/overlays/`. What the platform's manifest sets (image, replicas,
            resources, variables, host) wins over what is here; the rest is decided here.

            """;
        return new RenderedFile("README.md", Encoding.UTF8.GetBytes(text), Executable: false);
    }
}

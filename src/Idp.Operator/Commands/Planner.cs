using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;
using Idp.Operator.BackendApps;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;
using Idp.Operator.Yaml;

namespace Idp.Operator.Commands;

/// <summary>Goes the way of a reconcile as far as the applier, and prints in its place.</summary>
internal sealed class Planner(PlanWorld world, PlanOutput output)
{
    private static readonly Uri GitHubWeb = new("https://github.com");

    /// <summary>Prints what a BackendApp would make.</summary>
    /// <returns>Whether it can be carried out.</returns>
    public async Task<bool> PlanAsync(BackendApp manifest, CancellationToken cancellationToken)
    {
        var app = Live(manifest);
        var observed = world.AsksGitHub
            ? await world.Apps.ObserveAsync(app, cancellationToken)
            : world.Apps.ObserveCaches(app) with
            {
                Repository = RecordedRepository.Assume(app.Status.Repository),
                Deployment = RecordedRepository.Assume(app.Status.DeploymentRepository),
            };
        var plan = BackendAppPlan.For(app, observed);
        output.Say($"BackendApp {app.Metadata.Key}");
        if (plan.Problem is { } problem)
        {
            output.Refuse(problem);
            return false;
        }

        var repository = BackendAppPlan.RepositoryOf(app, plan.Resolved);
        var deployment = DeploymentRepositoryPlan.RepositoryOf(app, plan.Resolved, repository);
        var planned = deployment is null || SayRepository("deployment repository", plan.Deployment, observed.Deployment, deployment);
        planned &= SayRepository("repository", plan.Repository, observed.Repository, repository);
        var source = DeploymentSource.Of(
                app, BackendAppPlan.Untouched(app, plan, observed), BackendAppPlan.UntouchedDeployment(app, plan, observed))
            ?? DeploymentSource.Predict(deployment ?? repository, observed.Settings.GitHub.WebUrl ?? GitHubWeb);
        foreach (var environment in EnvironmentsPlan.For(app, plan.Resolved, source))
        {
            output.Show(environment, world.Objects.Find(environment.Kind, environment.Key));
            planned &= Plan(KubeObject.From(environment.Kind, environment.Body).Deserialize(ApplicationEnvironment.JsonType), [source.CloneUrl]);
        }

        return planned;
    }

    /// <summary>Prints what an ApplicationEnvironment would make.</summary>
    /// <returns>Whether it can be carried out.</returns>
    public bool Plan(ApplicationEnvironment environment) =>
        // Without a cluster nobody knows what the application owns.
        Plan(environment, world.IsReal ? [] : [environment.Spec.Source.RepoUrl]);

    private bool Plan(ApplicationEnvironment environment, IReadOnlyList<string> sources)
    {
        var observation = world.Environments.Observe(environment);
        observation = observation with { OwnSources = [.. observation.OwnSources, .. sources] };
        var plan = ApplicationEnvironmentPlan.Make(environment, observation, world.Composition.Settings.Current);
        output.Say($"ApplicationEnvironment {environment.Metadata.Key}");
        if (plan.Problem is { } problem)
        {
            output.Refuse(problem);
            return false;
        }

        foreach (var desired in plan.Objects)
        {
            output.Show(desired, world.Objects.Find(desired.Kind, desired.Key));
        }

        return true;
    }

    // The manifest decides what is wanted; what the cluster knows of it (uid, repository id) tells what is there.
    private BackendApp Live(BackendApp manifest)
    {
        if (world.Objects.Find(BackendApp.ResourceKind, manifest.Metadata.Key) is not { } live)
        {
            return manifest;
        }

        var known = live.Deserialize(BackendApp.JsonType);
        return new BackendApp
        {
            ApiVersion = manifest.ApiVersion,
            Kind = manifest.Kind,
            Metadata = known.Metadata,
            Spec = manifest.Spec,
            Status = known.Status,
        };
    }

    private bool SayRepository(string which, RepositoryWork? work, ObservedRepository observed, DesiredRepository repository)
    {
        if ((work?.Plan.Problem ?? observed.Unknown) is { } problem)
        {
            output.Say($"  {which}: {problem.Reason}: {problem.Message}");
            return false;
        }

        foreach (var refusal in observed.Features.Refusals)
        {
            output.Say($"  {which}: {refusal.Feature}: {refusal.Message}");
        }

        foreach (var step in work?.Plan.Steps ?? [])
        {
            output.Say($"  {which}: {step.Summary}");
        }

        if (work is null or { Plan.Steps.Count: 0 })
        {
            output.Say($"  {which}: unchanged");
        }

        foreach (var file in work?.Files ?? [])
        {
            output.Say($"    {file.Path}");
            output.Write(repository, file);
        }

        return true;
    }
}

/// <summary>Prints a plan.</summary>
/// <param name="output">Where to.</param>
/// <param name="namesOnly">Whether objects are named only.</param>
/// <param name="rendered">The folder that the files of repositories are written below; null where they are named only.</param>
internal sealed class PlanOutput(TextWriter output, bool namesOnly, DirectoryInfo? rendered = null)
{
    /// <summary>Prints a remark; a comment where YAML is printed.</summary>
    public void Say(string text) => output.WriteLine(namesOnly ? text : $"# {text}");

    /// <summary>Writes a file of a repository, where that was asked for. Its path is one that the renderer has let pass: it leads nowhere else.</summary>
    public void Write(DesiredRepository repository, GitHub.RepositoryFile file)
    {
        if (rendered is null)
        {
            return;
        }

        var path = Path.Combine(rendered.FullName, repository.Owner, repository.Name, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file.Content.ToArray());
        if (file.Executable && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    /// <summary>Prints why a manifest cannot be carried out.</summary>
    public void Refuse(Problem problem) => Say($"  cannot be carried out: {problem.Reason}: {problem.Message}");

    /// <summary>Prints an object, and what an apply would do to it.</summary>
    public void Show(DesiredObject desired, KubeObject? live)
    {
        var change = ChangeOf(desired, live);
        if (namesOnly)
        {
            output.WriteLine($"  {change}: {desired}");
            return;
        }

        output.WriteLine("---");
        output.WriteLine($"# {change}");
        output.Write(YamlWriter.Write(desired.Body));
    }

    private static string ChangeOf(DesiredObject desired, KubeObject? live)
    {
        if (live is null)
        {
            return "create";
        }

        var differences = Comparer.Compare(desired.Body, live, FieldManagers.Operator);
        return differences.Count == 0 ? "unchanged" : $"change {string.Join(", ", differences.Select(difference => difference.Path))}";
    }
}

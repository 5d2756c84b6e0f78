using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Hosting;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Sources;
using Idp.Operator.Observability;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;
using Idp.Operator.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Commands;

/// <summary>What the operator consists of.</summary>
internal static class PlatformServices
{
    /// <summary>Adds the runtime, both controllers and all that they need.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, Composition composition, RunOptions options)
    {
        var cluster = composition.Cluster ?? throw new ArgumentException("The operator needs a cluster.", nameof(composition));
        services.AddSingleton(composition.Clock);
        services.AddSingleton(cluster);
        services.AddSingleton(composition.Metrics);
        services.AddSingleton<IGitHubCallObserver>(composition.Metrics);
        services.AddSingleton(composition.Settings);
        services.AddSingleton(composition.GoldenPaths);

        // Heard from here on; a factory, so that it is disposed of with the services.
        var meters = MetricsEndpoint.Listen(OperatorMetrics.MeterName, KubernetesOperatorExtensions.MeterName, MetricsEndpoint.RuntimeMeterName);
        services.AddSingleton(_ => meters);
        composition.Metrics.BeginAtZero();
        services.AddHostedService(_ => composition.Settings);
        services.AddHostedService(_ => composition.GoldenPaths);
        services.AddHostedService<SettingsChanges>();
        services.AddSingleton(provider => new StatusWriter(
            provider.GetRequiredService<KubeClient>(),
            provider.GetRequiredService<IWriteObserver>(),
            FieldManagers.Status,
            provider.GetRequiredService<ILogger<StatusWriter>>()));
        services.AddSingleton<ConditionEvents>();
        services.AddSingleton<MalformedReporter>();
        AddApplications(services);
        AddWebhook(services, options);
        AddEnvironments(services);
        services.AddKubernetesOperator(settings => Configure(settings, cluster, options))
            .AddInformer(WellKnownKinds.Namespace)
            .AddController<BackendAppController, BackendApp>(AppTriggers.Watch)
            .AddFinalizer<BackendAppFinalizer, BackendApp>(Finalizers.BackendApp)
            .AddController<ApplicationEnvironmentController, ApplicationEnvironment>(EnvironmentTriggers.Watch)
            .AddFinalizer<ApplicationEnvironmentFinalizer, ApplicationEnvironment>(Finalizers.ApplicationEnvironment);
        return services;
    }

    private static void AddApplications(IServiceCollection services)
    {
        services.AddSingleton(provider => new GitHubAccess(
            provider.GetRequiredService<PlatformSettingsSource>(),
            provider.GetRequiredService<IGitHubCallObserver>(),
            provider.GetRequiredService<TimeProvider>(),
            GitHubHttp.CreateClient(guard: provider.GetRequiredService<WriteFence>().Before),
            provider.GetRequiredService<OperatorSettings>().UserAgent));
        services.AddSingleton<IOwnershipRecords>(provider => new OwnershipRecords(
            provider.GetRequiredService<KubeClient>(),
            provider.GetRequiredService<OperatorSettings>().Namespace ?? provider.GetRequiredService<KubeConfig>().Namespace,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OwnershipRecords>>()));
        services.AddHostedService<UnusedOwners>();

        // Connections of their own: what goes there is read only, by a replica that does not lead as well.
        services.AddSingleton(provider => new GitSourceTools(
            new GitSource(GitHubHttp.CreateClient(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<OperatorSettings>().UserAgent),
            provider.GetRequiredService<GitHubAccess>(),
            provider.GetRequiredService<OperatorMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<GitSourceFetcher>();
        services.AddSingleton<RepositoryObserver>();
        services.AddSingleton<RepositoryProvisioner>();
        services.AddSingleton<RolloutTurns>();
        services.AddSingleton<BackendAppObserver>();
        services.AddSingleton<BackendAppReporter>();
        services.AddSingleton<IMalformedEntityHandler<BackendApp>, MalformedAppHandler>();
    }

    private static void AddWebhook(IServiceCollection services, RunOptions options)
    {
        if (options.WebhookListen is { } address)
        {
            services.AddSingleton<WebhookTargets>();
            services.AddSingleton<WebhookEndpoint>();
            services.AddHostedService(provider => new WebhookServer(address, provider.GetRequiredService<WebhookEndpoint>()));
        }
    }

    private static void AddEnvironments(IServiceCollection services)
    {
        services.AddSingleton<ApplicationEnvironmentObserver>();
        services.AddSingleton<EnvironmentReporter>();
        services.AddSingleton<SharedCredentials>();
        services.AddSingleton<Projects>();
        services.AddSingleton<EnvironmentObstacles>();
        services.AddSingleton<EnvironmentWriter>();
        services.AddSingleton<IMalformedEntityHandler<ApplicationEnvironment>, MalformedEnvironmentHandler>();
    }

    /// <summary>The operator's own namespace, where its lease, its keys and its records are.</summary>
    public static string NamespaceOf(KubeConfig cluster, RunOptions options) =>
        options.Namespace ?? (cluster.Namespace == "default" ? CommonOptions.OperatorNamespace : cluster.Namespace);

    private static void Configure(OperatorSettings settings, KubeConfig cluster, RunOptions options)
    {
        settings.Name = FieldManagers.Operator;
        settings.Version = VersionCommand.Text;
        settings.Namespace = NamespaceOf(cluster, options);
        settings.LeaderElectionType = options.Alone ? LeaderElectionType.None : LeaderElectionType.Single;
        settings.Identity = options.Identity ?? settings.Identity;
    }
}

/// <summary>Looks at everything again, without haste, after the platform's settings or golden paths changed.</summary>
internal sealed class SettingsChanges(
    PlatformSettingsSource settings,
    GoldenPathSource goldenPaths,
    EntityRequeueAll<BackendApp> apps,
    EntityRequeueAll<ApplicationEnvironment> environments)
    : IHostedService
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        settings.Changed += LookAgain;
        goldenPaths.Changed += LookAtApps;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        settings.Changed -= LookAgain;
        goldenPaths.Changed -= LookAtApps;
        return Task.CompletedTask;
    }

    private void LookAgain(PlatformSettings _)
    {
        LookAtApps();
        environments(Within);
    }

    private void LookAtApps() => apps(Within);
}

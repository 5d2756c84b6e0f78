using System.Diagnostics.Metrics;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Events;
using Idp.Kubernetes.Leases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Hosting;

/// <summary>Makes a host an operator.</summary>
public static class KubernetesOperatorExtensions
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string MeterName = "Idp.Kubernetes";

    /// <summary>Adds an operator: client, caches, leader election, events, meters, and the service that runs them.</summary>
    /// <param name="services">Where to. A <see cref="KubeConfig"/> that is registered too takes the place of the pod's own account; a
    /// <see cref="KubeClient"/> that of the one that writes only while this process leads. Who writes elsewhere too puts a
    /// <see cref="WriteFence"/> before that network.</param>
    /// <param name="configure">How the operator runs.</param>
    public static OperatorBuilder AddKubernetesOperator(
        this IServiceCollection services, Action<OperatorSettings>? configure = null)
    {
        var settings = new OperatorSettings();
        configure?.Invoke(settings);
        services.AddMetrics();
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => KubeConfig.InCluster());
        services.TryAddSingleton(provider => Client(provider, provider.GetRequiredService<WriteFence>()));
        services.TryAddSingleton(Cache);
        services.TryAddSingleton<IObjectReader>(provider => provider.GetRequiredService<Informers>());
        services.TryAddSingleton<IWriteObserver>(provider => provider.GetRequiredService<Informers>());
        services.TryAddSingleton<Applier>();
        services.TryAddSingleton<ConflictWatcher>();
        services.TryAddSingleton(new EventRecorderSettings { ReportingController = settings.Name, ReportingInstance = settings.Identity });
        services.TryAddSingleton<EventRecorder>();

        // A connection of its own: a renewal waits for nobody's work, and who does not lead yet may write the lease.
        services.TryAddKeyedSingleton(typeof(LeaderElector), (provider, _) => Client(provider, fence: null));
        services.TryAddSingleton(Elector);
        services.TryAddSingleton(Fence);
        services.TryAddSingleton(provider =>
            new ReconcileMeter(provider.GetRequiredService<IMeterFactory>().Create(MeterName)));
        services.TryAddSingleton<ControllerSet>();
        services.TryAddSingleton<OperatorHealth>();
        services.TryAddSingleton<OperatorMeter>();
        services.AddHostedService<OperatorService>();
        services.AddHostedService<HeapTrimmer>();
        services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = settings.DrainTimeout + settings.LeadershipGrace + TimeSpan.FromSeconds(5));
        return new OperatorBuilder(services);
    }

    private static KubeClient Client(IServiceProvider services, WriteFence? fence) => KubeClient.Create(
        services.GetRequiredService<KubeConfig>(),
        new KubeClientSettings
        {
            UserAgent = services.GetRequiredService<OperatorSettings>().UserAgent,
            Clock = services.GetRequiredService<TimeProvider>(),
            Fence = fence,
        },
        services.GetRequiredService<ILogger<KubeClient>>());

    private static WriteFence Fence(IServiceProvider services)
    {
        if (services.GetRequiredService<OperatorSettings>().LeaderElectionType == LeaderElectionType.None)
        {
            return new WriteFence(() => true);
        }

        var elector = services.GetRequiredService<LeaderElector>();
        return new WriteFence(() => elector.Leads);
    }

    private static Informers Cache(IServiceProvider services)
    {
        var informers = new Informers(
            services.GetRequiredService<KubeClient>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<Informers>>());
        foreach (var request in services.GetServices<InformerRequest>())
        {
            informers.Get(request);
        }

        return informers;
    }

    private static LeaderElector Elector(IServiceProvider services)
    {
        var settings = services.GetRequiredService<OperatorSettings>();
        return new LeaderElector(
            services.GetRequiredKeyedService<KubeClient>(typeof(LeaderElector)),
            new LeaderElectionSettings
            {
                Namespace = settings.Namespace ?? services.GetRequiredService<KubeConfig>().Namespace,
                Name = settings.Name,
                Identity = settings.Identity,
            },
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<LeaderElector>>());
    }
}

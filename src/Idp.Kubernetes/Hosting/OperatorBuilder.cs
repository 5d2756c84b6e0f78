using System.Diagnostics.CodeAnalysis;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Hosting;

/// <summary>Composes an operator from controllers, finalizers and informers.</summary>
public sealed class OperatorBuilder
{
    private readonly IServiceCollection _services;

    internal OperatorBuilder(IServiceCollection services) => _services = services;

    /// <summary>Adds the controller of a kind, one per kind, made in a scope of its own for every reconcile.</summary>
    public OperatorBuilder AddController<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TController, TEntity>(
        Action<ControllerBuilder<TEntity>>? configure = null)
        where TController : class, IEntityController<TEntity>
        where TEntity : class, IKubernetesEntity<TEntity>
    {
        var builder = new ControllerBuilder<TEntity>();
        configure?.Invoke(builder);
        _services.AddScoped<IEntityController<TEntity>, TController>();
        _services.TryAddKeyedSingleton(typeof(TEntity), (provider, _) => new WorkQueue<ObjectKey>(provider.GetRequiredService<TimeProvider>()));
        _services.TryAddSingleton(Requeue<TEntity>);
        _services.TryAddSingleton(RequeueAll<TEntity>);
        _services.AddSingleton(provider => Build(provider, builder));
        return this;
    }

    /// <summary>Adds a finalizer of a kind that has a controller, made in a scope of its own for every call; several run in the order of their registration.</summary>
    /// <param name="identifier">What is written into the object: a domain, a slash and a name.</param>
    public OperatorBuilder AddFinalizer<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFinalizer, TEntity>(
        string identifier)
        where TFinalizer : class, IEntityFinalizer<TEntity>
        where TEntity : class, IKubernetesEntity<TEntity>
    {
        if (identifier is null || identifier.Split('/') is not [{ Length: > 0 }, { Length: > 0 and <= 63 }])
        {
            throw new ArgumentException($"'{identifier}' is not a domain, a slash and a name.", nameof(identifier));
        }

        _services.AddKeyedTransient<IEntityFinalizer<TEntity>, TFinalizer>(identifier);
        _services.AddSingleton(new FinalizerIdentifier<TEntity>(identifier));
        return this;
    }

    /// <summary>Keeps objects of a kind, which need not be served yet, in the cache without any controller being triggered by them.</summary>
    public OperatorBuilder AddInformer(ResourceKind kind, string? labelSelector = null, bool metadataOnly = false)
    {
        _services.AddSingleton(new InformerRequest(kind, labelSelector, metadataOnly));
        return this;
    }

    private static WorkQueue<ObjectKey> Queue<TEntity>(IServiceProvider services) =>
        services.GetRequiredKeyedService<WorkQueue<ObjectKey>>(typeof(TEntity));

    private static ControllerUnit Build<TEntity>(IServiceProvider services, ControllerBuilder<TEntity> builder)
        where TEntity : class, IKubernetesEntity<TEntity>
    {
        var informers = services.GetRequiredService<Informers>();
        var queue = Queue<TEntity>(services);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<Controller>();
        var options = new ControllerOptions
        {
            Name = TEntity.ResourceKind.ToString(),
            Clock = services.GetRequiredService<TimeProvider>(),
        };
        var controller = new Controller(
            options, Reconciler<TEntity>(services), queue, services.GetRequiredService<ReconcileMeter>(), logger);
        List<Trigger> triggers = [];
        Subscribe(
            new InformerRequest(TEntity.ResourceKind, builder.PrimarySelector),
            new Trigger(item => [item.Key], Predicates.DesiredState, queue, logger));
        foreach (var watch in builder.Registrations)
        {
            Subscribe(
                new InformerRequest(watch.Kind, watch.LabelSelector, watch.MetadataOnly),
                new Trigger(item => watch.Map(informers, item), watch.Predicate, queue, logger, controller.Running));
        }

        return new ControllerUnit(controller, triggers);

        void Subscribe(InformerRequest request, Trigger trigger)
        {
            informers.Get(request).Store.Subscribe(trigger.On);
            triggers.Add(trigger);
        }
    }

    private static EntityReconciler<TEntity> Reconciler<TEntity>(IServiceProvider services)
        where TEntity : class, IKubernetesEntity<TEntity>
    {
        var informers = services.GetRequiredService<Informers>();
        var client = services.GetRequiredService<KubeClient>();
        return new EntityReconciler<TEntity>(
            informers,
            new Finalizers(client.PatchAsync, informers),
            [.. services.GetServices<FinalizerIdentifier<TEntity>>().Select(identifier => identifier.Value)],
            services.GetRequiredService<IServiceScopeFactory>(),
            services.GetRequiredService<ILogger<EntityReconciler<TEntity>>>());
    }

    private static EntityRequeue<TEntity> Requeue<TEntity>(IServiceProvider services)
        where TEntity : class, IKubernetesEntity<TEntity>
    {
        var queue = Queue<TEntity>(services);
        return (entity, requeueIn) => queue.Add(entity.Metadata.Key, QueuePriority.Normal, requeueIn);
    }

    private static EntityRequeueAll<TEntity> RequeueAll<TEntity>(IServiceProvider services)
        where TEntity : class, IKubernetesEntity<TEntity>
    {
        var queue = Queue<TEntity>(services);
        var informers = services.GetRequiredService<Informers>();
        return within =>
        {
            foreach (var entity in informers.List(TEntity.ResourceKind))
            {
                queue.Add(entity.Key, QueuePriority.Low, within * Random.Shared.NextDouble());
            }
        };
    }
}

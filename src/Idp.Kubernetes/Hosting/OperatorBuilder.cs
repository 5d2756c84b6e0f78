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

/// <summary>Registers controllers and what they need.</summary>
internal sealed class OperatorBuilder(IServiceCollection services, OperatorSettings settings) : IOperatorBuilder
{
    /// <inheritdoc/>
    public IServiceCollection Services => services;

    /// <inheritdoc/>
    public OperatorSettings Settings => settings;

    /// <inheritdoc/>
    public IOperatorBuilder AddController<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TController, TEntity>(
        Action<ControllerBuilder<TEntity>>? configure = null)
        where TController : class, IEntityController<TEntity>
        where TEntity : class, IKubernetesEntity<TEntity>
    {
        var builder = new ControllerBuilder<TEntity>();
        configure?.Invoke(builder);
        services.AddScoped<IEntityController<TEntity>, TController>();
        services.TryAddSingleton<EntityQueue<TEntity>>();
        services.TryAddSingleton(Requeue<TEntity>);
        services.TryAddSingleton(RequeueAll<TEntity>);
        services.AddSingleton(new ControllerRegistration(provider => Build(provider, builder)));
        return this;
    }

    /// <inheritdoc/>
    public IOperatorBuilder AddFinalizer<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFinalizer, TEntity>(
        string identifier)
        where TFinalizer : class, IEntityFinalizer<TEntity>
        where TEntity : class, IKubernetesEntity<TEntity>
    {
        if (identifier is null || identifier.Split('/') is not [{ Length: > 0 }, { Length: > 0 and <= 63 }])
        {
            throw new ArgumentException($"'{identifier}' is not a domain, a slash and a name.", nameof(identifier));
        }

        services.AddKeyedTransient<IEntityFinalizer<TEntity>, TFinalizer>(identifier);
        services.AddSingleton(new FinalizerIdentifier<TEntity>(identifier));
        return this;
    }

    /// <inheritdoc/>
    public IOperatorBuilder AddInformer(ResourceKind kind, string? labelSelector = null, bool metadataOnly = false)
    {
        services.AddSingleton(new InformerRequest(kind, labelSelector, metadataOnly));
        return this;
    }

    private static ControllerUnit Build<TEntity>(IServiceProvider services, ControllerBuilder<TEntity> builder)
        where TEntity : class, IKubernetesEntity<TEntity>
    {
        var informers = services.GetRequiredService<Informers>();
        var queue = services.GetRequiredService<EntityQueue<TEntity>>().Keys;
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<Controller>();
        var options = builder.Options with
        {
            Name = TEntity.ResourceKind.ToString(),
            Clock = services.GetRequiredService<TimeProvider>(),
        };
        var controller = new Controller(
            options, Reconciler<TEntity>(services), queue, services.GetRequiredService<ReconcileMeter>(), logger);
        List<Trigger> triggers = [];
        Subscribe(
            new InformerRequest(TEntity.ResourceKind, builder.PrimarySelector),
            new Trigger(item => [item.Key], builder.PrimaryPredicate, queue, logger));
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
        var queue = services.GetRequiredService<EntityQueue<TEntity>>();
        return (entity, requeueIn) => queue.Keys.Add(entity.Metadata.Key, QueuePriority.Normal, requeueIn);
    }

    private static EntityRequeueAll<TEntity> RequeueAll<TEntity>(IServiceProvider services)
        where TEntity : class, IKubernetesEntity<TEntity>
    {
        var queue = services.GetRequiredService<EntityQueue<TEntity>>();
        var informers = services.GetRequiredService<Informers>();
        return within =>
        {
            foreach (var entity in informers.List(TEntity.ResourceKind))
            {
                queue.Keys.Add(entity.Key, QueuePriority.Low, within * Random.Shared.NextDouble());
            }
        };
    }
}

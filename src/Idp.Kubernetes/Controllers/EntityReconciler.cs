using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Controllers;

/// <summary>Shows <see cref="IEntityController{TEntity}"/> and <see cref="IEntityFinalizer{TEntity}"/> to the runtime as one <see cref="IReconciler"/>.</summary>
/// <remarks>
/// Decides by the object's state, never by the event: gone, malformed, terminating, without its finalizers, or to be
/// reconciled. Every call gets a dependency injection scope of its own.
/// </remarks>
internal sealed partial class EntityReconciler<TEntity>(
    IObjectReader reader,
    Finalizers finalizers,
    IReadOnlyList<string> identifiers,
    IServiceScopeFactory scopes,
    ILogger logger) : IReconciler
    where TEntity : class, IKubernetesEntity<TEntity>
{
    private readonly ConcurrentDictionary<ObjectKey, KubeObject> _reconciled = new();

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var live = reader.Find(TEntity.ResourceKind, key);
        await using var scope = scopes.CreateAsyncScope();
        if (live is null)
        {
            return await NotifyDeletedAsync(key, scope.ServiceProvider, cancellationToken);
        }

        if (_reconciled.TryGetValue(key, out var last) && last.Metadata.Uid != live.Metadata.Uid)
        {
            _reconciled.TryRemove(key, out _);
            await DeletedAsync(last, scope.ServiceProvider, cancellationToken);
        }

        if (!TryRead(live, out var entity, out var problem))
        {
            return await ReportMalformedAsync(live, problem, scope.ServiceProvider, cancellationToken);
        }

        return live.Metadata.IsDeleting
            ? await FinalizeAsync(live, entity, scope.ServiceProvider, cancellationToken)
            : await ReconcileAsync(live, entity, scope.ServiceProvider, cancellationToken);
    }

    private async Task<ReconcileResult> ReconcileAsync(
        KubeObject live, TEntity entity, IServiceProvider services, CancellationToken cancellationToken)
    {
        var missing = identifiers.Except(live.Metadata.Finalizers).ToList();
        if (missing.Count > 0)
        {
            if (await finalizers.AddAsync(live, missing, cancellationToken) is not { } patched)
            {
                return ReconcileResult.Conflict("The object changed while finalizers were added.");
            }

            if (patched.Metadata.IsDeleting || !TryRead(patched, out var now, out _))
            {
                return ReconcileResult.After(TimeSpan.Zero); // another object now than the one that was read
            }

            (live, entity) = (patched, now);
        }

        _reconciled[live.Key] = live;
        var controller = services.GetRequiredService<IEntityController<TEntity>>();
        return (await controller.ReconcileAsync(entity, cancellationToken)).Underlying;
    }

    /// <summary>Runs our finalizers one after the other, wherever they stand; those of others are theirs.</summary>
    private async Task<ReconcileResult> FinalizeAsync(
        KubeObject live, TEntity entity, IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var identifier in identifiers)
        {
            if (!live.Metadata.Finalizers.Contains(identifier))
            {
                continue;
            }

            _reconciled[live.Key] = live;
            var finalizer = services.GetRequiredKeyedService<IEntityFinalizer<TEntity>>(identifier);
            var result = await finalizer.FinalizeAsync(entity, cancellationToken);
            if (!result.IsSuccess)
            {
                return result.Underlying;
            }

            if (await finalizers.RemoveAsync(live, identifier, cancellationToken) is not { } left)
            {
                return ReconcileResult.Conflict($"The object changed while finalizer {identifier} was removed.");
            }

            LogFinalized(live, identifier);
            live = left;
        }

        return ReconcileResult.Success;
    }

    private async Task<ReconcileResult> NotifyDeletedAsync(
        ObjectKey key, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!_reconciled.TryGetValue(key, out var last))
        {
            return ReconcileResult.Success;
        }

        var result = await DeletedAsync(last, services, cancellationToken);
        if (result.Outcome is ReconcileOutcome.Success or ReconcileOutcome.Stalled)
        {
            _reconciled.TryRemove(key, out _);
            return ReconcileResult.Success;
        }

        return result;
    }

    private static async Task<ReconcileResult> DeletedAsync(
        KubeObject last, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!TryRead(last, out var entity, out _))
        {
            return ReconcileResult.Success;
        }

        var controller = services.GetRequiredService<IEntityController<TEntity>>();
        return (await controller.DeletedAsync(entity, cancellationToken)).Underlying;
    }

    private static async Task<ReconcileResult> ReportMalformedAsync(
        KubeObject live, JsonException problem, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<IMalformedEntityHandler<TEntity>>() is { } handler)
        {
            await handler.HandleAsync(live, problem, cancellationToken);
        }

        return ReconcileResult.Stalled($"The object does not fit its type at {problem.Path}: {problem.Message}");
    }

    private static bool TryRead(
        KubeObject live,
        [NotNullWhen(true)] out TEntity? entity,
        [NotNullWhen(false)] out JsonException? problem)
    {
        try
        {
            entity = live.Deserialize(TEntity.JsonType);
            problem = null;
            return true;
        }
        catch (JsonException exception)
        {
            entity = null;
            problem = exception;
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Finalizer {Finalizer} let {Object} go.")]
    private partial void LogFinalized(KubeObject @object, string finalizer);
}

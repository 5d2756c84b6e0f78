using System.Diagnostics.CodeAnalysis;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Kubernetes.Hosting;

/// <summary>Composes an operator from controllers, finalizers and informers.</summary>
public interface IOperatorBuilder
{
    /// <summary>Where everything is registered.</summary>
    IServiceCollection Services { get; }

    /// <summary>How the operator runs.</summary>
    OperatorSettings Settings { get; }

    /// <summary>Adds the controller of a kind; one per kind.</summary>
    /// <typeparam name="TController">The controller, made in a scope of its own for every reconcile.</typeparam>
    /// <typeparam name="TEntity">The kind.</typeparam>
    /// <param name="configure">What else it watches, and how it works.</param>
    IOperatorBuilder AddController<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TController, TEntity>(
        Action<ControllerBuilder<TEntity>>? configure = null)
        where TController : class, IEntityController<TEntity>
        where TEntity : class, IKubernetesEntity<TEntity>;

    /// <summary>Adds a finalizer of a kind that has a controller; several run in the order of their registration.</summary>
    /// <typeparam name="TFinalizer">The finalizer, made in a scope of its own for every call.</typeparam>
    /// <typeparam name="TEntity">The kind.</typeparam>
    /// <param name="identifier">What is written into the object: a domain, a slash and a name.</param>
    IOperatorBuilder AddFinalizer<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFinalizer, TEntity>(
        string identifier)
        where TFinalizer : class, IEntityFinalizer<TEntity>
        where TEntity : class, IKubernetesEntity<TEntity>;

    /// <summary>Keeps objects of a kind in the cache without any controller being triggered by them.</summary>
    /// <param name="kind">The kind; it need not be served yet.</param>
    /// <param name="labelSelector">Which objects; all by default.</param>
    /// <param name="metadataOnly">Whether metadata is enough.</param>
    IOperatorBuilder AddInformer(ResourceKind kind, string? labelSelector = null, bool metadataOnly = false);
}

using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.Repositories;

namespace Idp.Operator.Webhooks;

/// <summary>The applications whose repositories GitHub tells about.</summary>
/// <param name="objects">What the watches have brought.</param>
/// <param name="repositories">Remembers what was seen at GitHub.</param>
/// <param name="requeue">Has an application reconciled.</param>
/// <param name="fence">Knows whether this replica is the one that works.</param>
public sealed class WebhookTargets(
    IObjectReader objects, RepositoryObserver repositories, EntityRequeue<BackendApp> requeue, WriteFence fence)
{
    /// <summary>Whether this replica is the one that works: another's queue is not worked off.</summary>
    public bool Works => fence.IsOpen;

    /// <summary>The applications of a repository: those whose status has its number, as their own or as that of their deployment manifests.</summary>
    /// <param name="repositoryId">The number.</param>
    public IReadOnlyList<KubeObject> Of(long repositoryId) => RepositoryIndex.OwnersOf(objects, repositoryId);

    /// <summary>Has an application reconciled, with a fresh look at GitHub.</summary>
    /// <param name="app">The application, as the cache holds it.</param>
    /// <param name="wait">After what time, should it not be reconciled before.</param>
    public void LookAgain(KubeObject app, TimeSpan wait)
    {
        repositories.Forget(app.Metadata.Uid);
        requeue(new BackendApp { Metadata = app.Metadata }, wait);
    }
}

using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Says whether a change of a watched object is worth a reconcile.</summary>
/// <param name="before">The object as it was; null where it is new.</param>
/// <param name="after">The object as it is; null where it is gone.</param>
/// <remarks>Called on the way of every event: it must be quick and must not block. At least one of the two is given.</remarks>
public delegate bool ChangePredicate(KubeObject? before, KubeObject? after);

namespace Idp.Entities;

/// <summary>The annotations that the operator reads.</summary>
public static class Annotations
{
    /// <summary>
    /// Any new value asks for a reconcile now; the value handled last stands in <c>status.lastHandledReconcileAt</c>.
    /// </summary>
    public const string ReconcileRequestedAt = "idp.dev/reconcile-requested-at";
}

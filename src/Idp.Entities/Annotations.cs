namespace Idp.Entities;

/// <summary>The annotations that the operator reads.</summary>
public static class Annotations
{
    /// <summary>
    /// Any new value asks for a reconcile now; the value handled last stands in <c>status.lastHandledReconcileAt</c>.
    /// </summary>
    public const string ReconcileRequestedAt = "idp.dev/reconcile-requested-at";

    /// <summary>The name of the repository that may be deleted with its BackendApp, where the policy is <c>Delete</c>.</summary>
    public const string ConfirmDelete = "idp.dev/confirm-delete";
}

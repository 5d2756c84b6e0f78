namespace Idp.Entities;

/// <summary>The labels that the operator writes and reads.</summary>
public static class Labels
{
    /// <summary>Who manages the object: <see cref="Manager"/> on everything that the operator makes.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>The application that the object is a part of.</summary>
    public const string PartOf = "app.kubernetes.io/part-of";

    /// <summary>The application, by the name of its BackendApp.</summary>
    public const string Application = "idp.dev/application";

    /// <summary>The name of the ApplicationEnvironment that the object belongs to.</summary>
    public const string Environment = "idp.dev/environment";

    /// <summary>
    /// The namespace of that ApplicationEnvironment; with <see cref="Environment"/> it decides who owns the object.
    /// </summary>
    public const string EnvironmentNamespace = "idp.dev/environment-namespace";

    /// <summary>The team that owns the object, and on a team's namespace the team itself.</summary>
    public const string Team = "idp.dev/team";

    /// <summary>The stage of the environment.</summary>
    public const string Stage = "idp.dev/stage";

    /// <summary>What of the platform's own the object is; on what all applications share and none owns.</summary>
    public const string Platform = "idp.dev/platform";

    /// <summary>The value of <see cref="ManagedBy"/>.</summary>
    public const string Manager = "idp-operator";
}

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

/// <summary>The finalizers of our kinds.</summary>
public static class Finalizers
{
    /// <summary>Keeps a BackendApp until its environments are gone and its repository is dealt with.</summary>
    public const string BackendApp = "idp.dev/backendapp";

    /// <summary>Keeps an ApplicationEnvironment until what it made is gone.</summary>
    public const string ApplicationEnvironment = "idp.dev/applicationenvironment";
}

/// <summary>Under which names the operator applies.</summary>
public static class FieldManagers
{
    /// <summary>For the objects that the operator makes.</summary>
    public const string Operator = "idp-operator";

    /// <summary>For the status of our own kinds.</summary>
    public const string Status = "idp-operator-status";
}

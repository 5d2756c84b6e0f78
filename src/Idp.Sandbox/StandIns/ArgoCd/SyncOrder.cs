namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>In which order kinds are applied: what others need comes first.</summary>
internal static class SyncOrder
{
    private static readonly string[] Kinds =
    [
        "Namespace", "ServiceAccount", "Secret", "ConfigMap", "Role", "RoleBinding", "Service", "Deployment",
        "StatefulSet", "Ingress",
    ];

    /// <summary>The kind's place; unknown kinds come last.</summary>
    public static int Of(ResourceState state) => Array.IndexOf(Kinds, state.Kind.Kind) is var place && place < 0
        ? Kinds.Length
        : place;
}

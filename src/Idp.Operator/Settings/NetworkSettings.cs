namespace Idp.Operator.Settings;

/// <summary>Who may reach the pods of an isolated environment from outside of its namespace.</summary>
public sealed record NetworkSettings
{
    /// <summary>
    /// Namespaces whose pods may: of the ingress controller, of the operator of the databases, of the monitoring. One that does not
    /// exist lets nobody in.
    /// </summary>
    public IReadOnlyList<string> AllowedNamespaces { get; init; } = ["ingress-nginx", "cnpg-system", "monitoring"];
}

namespace Idp.Entities;

/// <summary>Under which names the operator applies.</summary>
public static class FieldManagers
{
    /// <summary>For the objects that the operator makes.</summary>
    public const string Operator = "idp-operator";

    /// <summary>For the status of our own kinds.</summary>
    public const string Status = "idp-operator-status";
}

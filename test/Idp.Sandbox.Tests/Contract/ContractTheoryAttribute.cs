namespace Idp.Sandbox.Tests.Contract;

/// <summary>As <see cref="ContractFactAttribute"/>, for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractTheoryAttribute : TheoryAttribute
{
    public ContractTheoryAttribute() => Skip = ContractTools.Missing;
}

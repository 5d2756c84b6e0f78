namespace Idp.Sandbox.Tests.Contract;

/// <summary>A test that needs what <c>hack/contract.sh</c> installs; without that it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute
{
    public ContractFactAttribute() => Skip = ContractTools.Missing;
}

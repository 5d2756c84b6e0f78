namespace Idp.Testing;

/// <summary>As <see cref="FactWithAttribute"/>, for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryWithAttribute : TheoryAttribute
{
    public TheoryWithAttribute(Needs need) => Skip = Prerequisites.Missing(need);
}

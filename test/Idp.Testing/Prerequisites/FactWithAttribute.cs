namespace Idp.Testing;

/// <summary>A test that needs something from outside the repository; without it the test is skipped with the reason, never passed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithAttribute : FactAttribute
{
    public FactWithAttribute(Needs need) => Skip = Prerequisites.Missing(need);
}

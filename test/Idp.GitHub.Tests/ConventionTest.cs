using System.Reflection;
using System.Runtime.CompilerServices;

namespace Idp.GitHub.Tests;

public sealed class ConventionTest
{
    [Fact]
    public void EveryConcreteClassIsSealed() => (
        from type in typeof(GitHubClient).Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false, IsSealed: false }
        where type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !type.FullName!.Contains(
            "Regex", StringComparison.Ordinal)
        select type.FullName).Should().BeEmpty();

    [Fact]
    public void EveryAsyncMethodTakesATokenLast() => (
        from type in typeof(GitHubClient).Assembly.GetTypes()
        from method in type.GetMethods(
            BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        where method.Name.EndsWith("Async", StringComparison.Ordinal)
        where method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)
        select $"{type.Name}.{method.Name}").Should().BeEmpty();
}

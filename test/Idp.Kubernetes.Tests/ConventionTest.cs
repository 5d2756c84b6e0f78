using System.Reflection;
using System.Runtime.CompilerServices;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests;

/// <summary>What every type of the assembly keeps to.</summary>
public sealed class ConventionTest
{
    private static readonly Assembly Ours = typeof(ObjectKey).Assembly;

    [Fact]
    public void EveryConcreteClassIsSealed() => Assert.Empty(
        from type in Types()
        where type is { IsClass: true, IsAbstract: false, IsSealed: false }
        select type.FullName);

    [Fact]
    public void EveryAsyncMethodTakesATokenLast() => Assert.Empty(
        from type in Types()
        from method in type.GetMethods(
            BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        where typeof(Task).IsAssignableFrom(method.ReturnType) && method.Name.EndsWith("Async", StringComparison.Ordinal)
        where method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)
        select $"{type.Name}.{method.Name}");

    [Fact]
    public void EveryTaskIsNamedAsync() => Assert.Empty(
        from type in Types()
        from method in type.GetMethods(
            BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        where typeof(Task).IsAssignableFrom(method.ReturnType) && !method.IsSpecialName
        where !method.Name.EndsWith("Async", StringComparison.Ordinal) && !typeof(Delegate).IsAssignableFrom(type)
        select $"{type.Name}.{method.Name}");

    [Fact]
    public void NoPublicConstructorTakesMoreThanFiveParameters() => Assert.Empty(
        from type in Types()
        where !IsRecord(type)
        from constructor in type.GetConstructors()
        where constructor.GetParameters().Length > 5
        select type.FullName);

    private static IEnumerable<Type> Types() =>
        from type in Ours.GetTypes()
        where !type.Name.StartsWith('<') && !type.IsDefined(typeof(CompilerGeneratedAttribute))
        where type.Namespace?.StartsWith("Idp.", StringComparison.Ordinal) == true
        select type;

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}

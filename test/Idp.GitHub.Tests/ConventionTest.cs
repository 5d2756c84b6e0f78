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

    /// <summary>The packages are this room's own affair: none of their types is seen from outside.</summary>
    [Fact]
    public void NoTypeOfAPackageIsPublic() => (
        from type in typeof(GitHubClient).Assembly.GetExportedTypes()
        from used in UsedBy(type)
        from part in PartsOf(used)
        where part.Namespace?.Split('.')[0] is not ("System" or "Idp")
        select $"{type.Name} shows {part.FullName}").Should().BeEmpty();

    [Fact]
    public void ATypeOfAPackageThatIsPublicWouldBeNoticed() =>
        UsedBy(typeof(GitHubClient).Assembly.GetType("Idp.GitHub.OctokitHttp")!).SelectMany(PartsOf).Should().Contain(part => part.Namespace == "Octokit");

    private static IEnumerable<Type> UsedBy(Type type)
    {
        const BindingFlags visible = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var members = type.GetMembers(visible).Where(IsVisible);
        return members.SelectMany(member => member switch
        {
            MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
            ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
            FieldInfo field => [field.FieldType],
            PropertyInfo property => [property.PropertyType],
            EventInfo happening => [happening.EventHandlerType!],
            _ => [],
        }).Concat(type.GetInterfaces()).Append(type.BaseType ?? typeof(object));
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors().Length > 0,
        _ => true,
    };

    private static IEnumerable<Type> PartsOf(Type type) => type.HasElementType
        ? PartsOf(type.GetElementType()!)
        : [type, .. type.GetGenericArguments().SelectMany(PartsOf)];
}

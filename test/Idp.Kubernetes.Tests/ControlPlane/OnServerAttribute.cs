using System.Collections;
using System.Reflection;
using Xunit.Sdk;

namespace Idp.Kubernetes.Tests.ControlPlane;

/// <summary>Gives a theory one of the servers as its first argument, and the rows of a member, if one is named, as the others.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class OnServerAttribute(TestServer server, string? member) : DataAttribute
{
    /// <summary>Where the member is; by default in the class of the test.</summary>
    public Type? MemberType { get; set; }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => member is null
        ? [[server]]
        : Rows((MemberType ?? testMethod.DeclaringType!).GetProperty(member)!).Select(row => (object[])[server, .. row]);

    private static IEnumerable<object[]> Rows(PropertyInfo property) => ((IEnumerable)property.GetValue(null)!).Cast<object[]>();
}

namespace Idp.Kubernetes.Tests.ControlPlane;

/// <summary>Runs a theory on today's server of custom resources; where that cannot be had it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnCrdServerAttribute : OnServerAttribute
{
    /// <summary>Runs it, or skips it.</summary>
    /// <param name="member">Its other arguments, as with <c>MemberData</c>.</param>
    public OnCrdServerAttribute(string? member = null)
        : base(TestServer.Crds, member) => Skip = Sandbox.ControlPlane.ControlPlane.MissingCrdServer;
}

namespace Idp.Kubernetes.Tests.ControlPlane;

/// <summary>Runs a theory on the control plane.</summary>
/// <param name="member">Its other arguments, as with <c>MemberData</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnControlPlaneAttribute(string? member = null) : OnServerAttribute(TestServer.ControlPlane, member);

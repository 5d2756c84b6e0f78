namespace Idp.Sandbox.Tests.Proxy;

/// <summary>As in front of GitHub.</summary>
public sealed class PlainFaultProxyTest() : FaultProxyTest(tls: false);

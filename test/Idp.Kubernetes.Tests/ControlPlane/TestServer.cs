namespace Idp.Kubernetes.Tests.ControlPlane;

/// <summary>The API servers that tests run on.</summary>
public enum TestServer
{
    /// <summary>The whole control plane, of whatever version can be had here.</summary>
    ControlPlane,

    /// <summary>Today's server of custom resources beside it, which has our kinds and no others.</summary>
    Crds,
}

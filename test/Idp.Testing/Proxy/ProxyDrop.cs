namespace Idp.Testing.Proxy;

/// <summary>Where a request is lost.</summary>
public enum ProxyDrop
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>On its way to the server.</summary>
    Before,

    /// <summary>The server did what it says; the answer is lost on its way back.</summary>
    After,
}

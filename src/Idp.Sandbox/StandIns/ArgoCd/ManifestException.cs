namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>The repository or its manifests cannot be had; the message is what Argo CD's repository server would say.</summary>
internal sealed class ManifestException(string message, Exception? inner = null) : Exception(message, inner);

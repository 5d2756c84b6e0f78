using System.Net;

namespace Idp.Kubernetes.Client;

/// <summary>A whole answer.</summary>
internal readonly record struct Reply(HttpStatusCode Status, byte[] Body);

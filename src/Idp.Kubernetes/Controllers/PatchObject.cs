using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Changes one object by JSON patch: <see cref="KubeClient"/>, or a test.</summary>
internal delegate Task<KubeObject> PatchObject(
    ResourceKind kind, ObjectKey key, JsonPatch patch, CancellationToken cancellationToken);

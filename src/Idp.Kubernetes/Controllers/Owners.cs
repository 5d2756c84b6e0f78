using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Finds the object that controls another.</summary>
internal static class Owners
{
    /// <summary>Maps an object to its controlling owner, where that is of the kind.</summary>
    /// <remarks>The version is not compared: owners keep the one that they were written with.</remarks>
    public static Func<KubeObject, IEnumerable<ObjectKey>> MapTo(ResourceKind owner) => child =>
        child.Metadata.ControllerOwner is { } reference
            && reference.Kind == owner.Kind
            && GroupOf(reference.ApiVersion).SequenceEqual(owner.Group)
            ? [new ObjectKey(owner.Namespaced ? child.Metadata.Namespace ?? "" : "", reference.Name)]
            : [];

    private static ReadOnlySpan<char> GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? [] : apiVersion.AsSpan(0, slash);
    }
}

using System.Text;

namespace Idp.Kubernetes.Model;

/// <summary>One kind of object as the API server serves it.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version within the group, such as <c>v1</c>.</param>
/// <param name="Kind">The kind in PascalCase, such as <c>NetworkPolicy</c>.</param>
/// <param name="Plural">The name in URLs, such as <c>networkpolicies</c>.</param>
/// <param name="Namespaced">Whether objects of the kind live in namespaces.</param>
/// <remarks>See https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris.</remarks>
public sealed record ResourceKind(string Group, string Version, string Kind, string Plural, bool Namespaced = true)
{
    /// <summary>The value of <c>apiVersion</c> in objects of this kind.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The URL path of one object, of a namespace's collection, or of the whole collection.</summary>
    /// <param name="key">Both parts empty: all objects; only the name empty: those of one namespace.</param>
    /// <param name="subresource">Such as <c>status</c>; none by default.</param>
    /// <returns>A relative path without a leading slash, each segment escaped.</returns>
    public string PathOf(ObjectKey key = default, string? subresource = null)
    {
        var path = new StringBuilder(Group.Length == 0 ? "api" : $"apis/{Group}").Append('/').Append(Version);
        if (Namespaced && !string.IsNullOrEmpty(key.Namespace))
        {
            path.Append("/namespaces/").Append(Uri.EscapeDataString(key.Namespace));
        }

        path.Append('/').Append(Plural);
        if (!string.IsNullOrEmpty(key.Name))
        {
            path.Append('/').Append(Uri.EscapeDataString(key.Name));
        }

        return subresource is null ? path.ToString() : path.Append('/').Append(subresource).ToString();
    }

    /// <summary>Returns <c>Kind.group</c>, or <c>Kind</c> alone for the core group.</summary>
    public override string ToString() => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}

namespace Idp.Kubernetes.Client;

/// <summary>Which Kubernetes the server is.</summary>
/// <param name="Major">Such as 1.</param>
/// <param name="Minor">Such as 30.</param>
public readonly record struct ServerVersion(int Major, int Minor)
{
    /// <summary>Whether the server is at least this version.</summary>
    public bool IsAtLeast(int major, int minor) => Major > major || (Major == major && Minor >= minor);

    /// <summary>Returns <c>1.30</c>.</summary>
    public override string ToString() => $"{Major}.{Minor}";
}

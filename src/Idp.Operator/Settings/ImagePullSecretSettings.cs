namespace Idp.Operator.Settings;

/// <summary>Where in the secret store the credentials are by which clusters pull images.</summary>
/// <remarks>https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/</remarks>
public sealed record ImagePullSecretSettings
{
    /// <summary>
    /// The key, from <c>{application}</c>, <c>{environment}</c>, <c>{namespace}</c> and <c>{team}</c>; its value is a Docker
    /// configuration (<c>.dockerconfigjson</c>).
    /// </summary>
    public required string RemoteKey { get; init; }

    /// <summary>The property of that key which holds it; the whole value if not set.</summary>
    public string? Property { get; init; }
}

using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>Where the deployment manifests of an application live.</summary>
[JsonConverter(typeof(StrictEnumConverter<DeploymentPlace>))]
public enum DeploymentPlace
{
    /// <summary>In the application's own repository.</summary>
    InRepository,

    /// <summary>In a second repository, named as the application's with <c>-deploy</c> at the end.</summary>
    Separate,
}

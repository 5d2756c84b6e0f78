using System.Text.Json.Serialization;

namespace Idp.Sandbox.GitHub;

/// <summary>How a fault is written in a request.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(GitHubFault))]
internal sealed partial class FaultJson : JsonSerializerContext;

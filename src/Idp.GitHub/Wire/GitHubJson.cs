using System.Text.Json;
using System.Text.Json.Serialization;

namespace Idp.GitHub;

/// <summary>How the bodies of requests and answers are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JwtClaims))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class GitHubJson : JsonSerializerContext;

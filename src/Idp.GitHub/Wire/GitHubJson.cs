using System.Text.Json;
using System.Text.Json.Serialization;

namespace Idp.GitHub;

/// <summary>How the bodies of requests and answers are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JwtClaims))]
[JsonSerializable(typeof(SwitchesBody))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(List<RefBody>))]
[JsonSerializable(typeof(RefChange))]
[JsonSerializable(typeof(CommitBody))]
[JsonSerializable(typeof(HeadCommitBody))]
[JsonSerializable(typeof(NewCommit))]
[JsonSerializable(typeof(NewTree))]
[JsonSerializable(typeof(NewBlob))]
[JsonSerializable(typeof(ShaBody))]
[JsonSerializable(typeof(NewContent))]
[JsonSerializable(typeof(ContentAnswer))]
internal sealed partial class GitHubJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Idp.GitHub;

/// <summary>How the bodies of requests and answers are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JwtClaims))]
[JsonSerializable(typeof(InstallationBody))]
[JsonSerializable(typeof(InstallationTokenBody))]
[JsonSerializable(typeof(NewRepository))]
[JsonSerializable(typeof(GenerateBody))]
[JsonSerializable(typeof(RepositorySettings))]
[JsonSerializable(typeof(RepositoryBody))]
[JsonSerializable(typeof(TopicsBody))]
[JsonSerializable(typeof(RefBody))]
[JsonSerializable(typeof(CommitBody))]
[JsonSerializable(typeof(HeadCommitBody))]
[JsonSerializable(typeof(BlobBody))]
[JsonSerializable(typeof(ContentBody))]
internal sealed partial class GitHubJson : JsonSerializerContext;

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
[JsonSerializable(typeof(List<RefBody>))]
[JsonSerializable(typeof(RefChange))]
[JsonSerializable(typeof(CommitBody))]
[JsonSerializable(typeof(HeadCommitBody))]
[JsonSerializable(typeof(NewCommit))]
[JsonSerializable(typeof(NewTree))]
[JsonSerializable(typeof(NewBlob))]
[JsonSerializable(typeof(ShaBody))]
[JsonSerializable(typeof(BlobBody))]
[JsonSerializable(typeof(ContentBody))]
[JsonSerializable(typeof(NewContent))]
[JsonSerializable(typeof(ContentAnswer))]
internal sealed partial class GitHubJson : JsonSerializerContext;

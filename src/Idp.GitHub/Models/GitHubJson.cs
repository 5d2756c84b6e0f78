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

/// <summary>How the bodies of <see cref="RepositoryAdministration"/> are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(EnvironmentPage))]
[JsonSerializable(typeof(NewEnvironment))]
[JsonSerializable(typeof(VariablePage))]
[JsonSerializable(typeof(VariableBody))]
[JsonSerializable(typeof(List<RulesetSummary>))]
[JsonSerializable(typeof(RulesetBody))]
[JsonSerializable(typeof(NewRuleset))]
internal sealed partial class AdministrationJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Idp.Operator.GoldenPaths;

/// <summary>How <c>template.yaml</c> is read, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GoldenPathManifest))]
internal sealed partial class GoldenPathJson : JsonSerializerContext;

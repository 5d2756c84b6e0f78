using System.Text.Json.Serialization;

namespace Idp.Operator.Settings;

/// <summary>How <c>platform.yaml</c> is read, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PlatformSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Idp.Operator.Repositories;

/// <summary>How the marker is read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(RepositoryMarker))]
internal sealed partial class RepositoryJson : JsonSerializerContext;

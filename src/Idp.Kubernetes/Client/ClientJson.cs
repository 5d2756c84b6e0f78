using System.Text.Json.Serialization;

namespace Idp.Kubernetes.Client;

/// <summary>How answers that are no objects are read, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KubeStatus))]
internal sealed partial class ClientJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using k8s.KubeConfigModels;

namespace Idp.Kubernetes.Client;

/// <summary>How answers that are no objects are read, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KubeStatus))]
[JsonSerializable(typeof(ExecCredentialResponse))]
internal sealed partial class ClientJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using Idp.Kubernetes.Model;

namespace Idp.Entities;

/// <summary>How the entities are read and written, without reflection.</summary>
/// <remarks>
/// A null where the type allows none is a <see cref="System.Text.Json.JsonException"/> with its path; unknown fields are
/// ignored, because a newer schema may have more.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BackendApp))]
[JsonSerializable(typeof(BackendAppSpec))]
[JsonSerializable(typeof(BackendAppStatus))]
[JsonSerializable(typeof(ApplicationEnvironment))]
[JsonSerializable(typeof(ApplicationEnvironmentSpec))]
[JsonSerializable(typeof(ApplicationEnvironmentStatus))]
[JsonSerializable(typeof(RepositoryStatus))]
[JsonSerializable(typeof(EnvironmentStatus))]
[JsonSerializable(typeof(DatabaseSpec))]
[JsonSerializable(typeof(GuardrailsSpec))]
[JsonSerializable(typeof(ComputeResources))]
[JsonSerializable(typeof(EnvironmentWorkload))]
[JsonSerializable(typeof(Condition))]
[JsonSerializable(typeof(IReadOnlyList<Condition>))]
[JsonSerializable(typeof(IReadOnlyList<InventoryItem>))]
public sealed partial class EntitiesJson : JsonSerializerContext;

/// <summary>Reads an enum by name alone: a number is an error, not an unknown value.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class StrictEnumConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;

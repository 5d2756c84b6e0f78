using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>Reads an enum by name alone: a number is an error, not an unknown value.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class StrictEnumConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;

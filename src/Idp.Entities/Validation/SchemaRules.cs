using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>Which names the entries of a map may have: more than a schema can say, so the validator alone keeps it.</summary>
/// <param name="pattern">One of <see cref="Patterns"/>, without anchors.</param>
/// <param name="maxLength">How long a name may be.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeysAttribute(string pattern, int maxLength) : Attribute
{
    public string Pattern { get; } = pattern;

    public int MaxLength { get; } = maxLength;
}

/// <summary>Keeps the limits that attributes set, the very ones of which the schema is generated, so that no limit is written twice.</summary>
/// <remarks>
/// The serializer's generated metadata leads to the properties and their attributes, also in what is compiled to native code:
/// <c>idp self-check</c> sees to it that they are there.
/// </remarks>
internal static class SchemaRules
{
    private static readonly ConcurrentDictionary<Type, Field[]> Known = new();

    /// <summary>Looks at every field of an object, and of what is within it.</summary>
    public static void Check(FieldErrors errors, string path, object value)
    {
        foreach (var field in FieldsOf(value))
        {
            if (field.ValueIn(value) is { } content)
            {
                Check(errors, $"{path}.{field.Name}", content, field);
            }
        }
    }

    private static void Check(FieldErrors errors, string path, object value, Field field)
    {
        switch (value)
        {
            case string text:
                errors.Text(path, text, field.Pattern, field.Length.MinLength, field.Length.MaxLength);
                break;
            case int number:
                errors.When(number < field.Least || number > field.Most, path, $"must be between {field.Least} and {field.Most}");
                break;
            case Enum:
                // The converter reads no undefined value, but code can make one.
                errors.When(
                    !Enum.IsDefined(value.GetType(), value), path, $"must be one of {string.Join(", ", Enum.GetNames(value.GetType()))}");
                break;
            case IReadOnlyDictionary<string, string> entries:
                CheckMap(errors, path, entries, field);
                break;
            case IReadOnlyList<object> items:
                CheckList(errors, path, items, field);
                break;
            case bool:
                break;
            default:
                Check(errors, path, value);
                break;
        }
    }

    private static void CheckMap(FieldErrors errors, string path, IReadOnlyDictionary<string, string> entries, Field field)
    {
        var (most, keys) = (field.Entries.MaxProperties, field.Keys);
        errors.When(entries.Count > most, path, $"must have at most {most} entries");
        foreach (var (name, value) in entries)
        {
            var isName = name.Length <= keys.MaxLength && Patterns.Fits(name, keys.Pattern);
            errors.When(!isName, path, $"has a name that is not {Patterns.Describe(keys.Pattern)}");
            var at = $"{path}.{(isName ? name : "?")}";
            errors.When(value is null, at, "must not be null");
            Check(errors, at, value ?? "", field);
        }
    }

    private static void CheckList(FieldErrors errors, string path, IReadOnlyList<object?> items, Field field)
    {
        var (least, most) = (field.Items.MinItems, field.Items.MaxItems);
        errors.When(items.Count < least, path, least == 1 ? "must have at least one item" : $"must have at least {least} items");
        errors.When(items.Count > most, path, $"must have at most {most} items");
        for (var i = 0; i < items.Count && i < most; i++)
        {
            // A null is an error of its own, which no type can forbid.
            errors.When(items[i] is null, $"{path}[{i}]", "must not be null");
            if (items[i] is { } item)
            {
                Check(errors, $"{path}[{i}]", item, field);
            }
        }

        if (field.UniqueBy is { } keys)
        {
            errors.Unique(path, items, keys.Count == 1 ? $".{keys[0]}" : "", item => KeyOf(item!, keys));
        }
    }

    private static string? KeyOf(object item, IReadOnlyList<string> keys) => item as string
        ?? string.Join(' ', FieldsOf(item).Where(field => keys.Contains(field.Name)).Select(field => field.ValueIn(item)));

    /// <exception cref="InvalidOperationException">The type is not one that the serializer knows: nothing of it would be looked at.</exception>
    private static Field[] FieldsOf(object value) => Known.GetOrAdd(value.GetType(), type =>
    {
        var known = EntitiesJson.Default.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type} has no limits that can be read.");
        return [.. known.Properties.Where(property => property.Get is not null).Select(Field.Of)];
    });

    /// <summary>One property and its limits; where an attribute is missing, there is no limit.</summary>
    private sealed record Field(string Name, Func<object, object?> ValueIn)
    {
        public string? Pattern { get; private init; }

        public LengthAttribute Length { get; private init; } = new(0, int.MaxValue);

        public ItemsAttribute Items { get; private init; } = new(0, int.MaxValue);

        public PropertyLimitsAttribute Entries { get; private init; } = new(0, int.MaxValue);

        public KeysAttribute Keys { get; private init; } = new(Patterns.Line, int.MaxValue);

        public double Least { get; private init; } = int.MinValue;

        public double Most { get; private init; } = int.MaxValue;

        /// <summary>What no two items may share: the fields of that name, nothing but the item itself, or null for no such rule.</summary>
        public IReadOnlyList<string>? UniqueBy { get; private init; }

        public static Field Of(JsonPropertyInfo property)
        {
            var plain = new Field(property.Name, property.Get!);
            return new Field(property.Name, property.Get!)
            {
                // In the schema with its anchors.
                Pattern = Find<PatternAttribute>(property)?.Pattern[1..^1],
                Length = Find<LengthAttribute>(property) ?? plain.Length,
                Items = Find<ItemsAttribute>(property) ?? plain.Items,
                Entries = Find<PropertyLimitsAttribute>(property) ?? plain.Entries,
                Keys = Find<KeysAttribute>(property) ?? plain.Keys,
                Least = Find<RangeMinimumAttribute>(property)?.Value ?? plain.Least,
                Most = Find<RangeMaximumAttribute>(property)?.Value ?? plain.Most,
                UniqueBy = Find<XListMapKeysAttribute>(property)?.Keys ?? (Find<XListTypeAttribute>(property)?.Type == XListType.Set ? [] : null),
            };
        }

        private static T? Find<T>(JsonPropertyInfo property)
            where T : Attribute =>
            (T?)(property.AttributeProvider ?? throw new InvalidOperationException($"{property.Name} has lost its limits."))
                .GetCustomAttributes(typeof(T), inherit: true).FirstOrDefault();
    }
}

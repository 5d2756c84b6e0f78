using System.Reflection;

namespace Idp.EndToEnd.Tests.World;

/// <summary>Looks through the memory of services for texts: what they hold, what that holds, and so on, through our own types and all collections.</summary>
/// <param name="Found">Where a text that fits is held, each as a way from a service to it; one way of several.</param>
/// <param name="Fields">The names of all fields that were looked into.</param>
internal sealed record Mentions(IReadOnlyList<string> Found, IReadOnlySet<string> Fields)
{
    /// <summary>Looks.</summary>
    /// <param name="services">Where to begin.</param>
    /// <param name="fits">Which texts are meant.</param>
    public static Mentions Of(IEnumerable<object> services, Func<string, bool> fits)
    {
        List<string> found = [];
        HashSet<string> fields = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<(object Item, Step Way)> open = new(services.Select(service => (service, new Step(null, service.GetType().Name))));
        while (open.TryPop(out var next))
        {
            if (next.Item is string text)
            {
                if (fits(text))
                {
                    found.Add($"{next.Way}: {text}");
                }
            }
            else if (seen.Add(next.Item))
            {
                foreach (var (held, name) in HeldBy(next.Item))
                {
                    fields.Add(name);
                    open.Push((held, new Step(next.Way, name)));
                }
            }
        }

        return new Mentions(found, fields);
    }

    private static IEnumerable<(object Held, string Name)> HeldBy(object item)
    {
        var type = item.GetType();
        if (item is Delegate function)
        {
            return function.GetInvocationList().Select(one => one.Target).OfType<object>().Select(target => (target, "target"));
        }

        if (item is Array array)
        {
            return IsPlain(type.GetElementType()!) ? [] : array.Cast<object?>().OfType<object>().Select(element => (element, "[]"));
        }

        return IsLookedInto(type)
            ? FieldsOf(type).SelectMany(field => field.GetValue(item) is { } held ? ((object, string)[])[(held, field.Name)] : [])
            : [];
    }

    private static bool IsLookedInto(Type type) => !IsPlain(type)
        && (IsOurs(type)
            || type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true
            || (type.IsValueType && type.IsGenericType));

    // By the assembly, for what the compiler adds is in no namespace; the program itself is called idp.
    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.Split('.')[0].Equals("idp", StringComparison.OrdinalIgnoreCase);

    private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsByRefLike;

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!IsPlain(field.FieldType) && !field.FieldType.IsByRefLike)
                {
                    yield return field;
                }
            }
        }
    }

    private sealed record Step(Step? From, string Name)
    {
        public override string ToString() => From is null ? Name : $"{From}.{Name}";
    }
}

using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>An intent that is applied, what others do to the object then, and the next intent.</summary>
internal sealed record Encounter(IntentKind Kind, JsonObject First, IReadOnlyList<ForeignChange> Changes, JsonObject Next)
{
    public static Arbitrary<Encounter> Of(IReadOnlyList<IntentKind> kinds) => Arb.From(
        from kind in Gen.Elements(kinds.AsEnumerable())
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Make(kind, new Random(seed)),
        encounter => encounter.Smaller());

    public override string ToString() => $"""
        {Kind}
          first   {First.ToJsonString()}
          changes {string.Join("\n          ", Changes)}
          next    {Next.ToJsonString()}
        """;

    /// <summary>Takes each member from one of the two, or what comes of both.</summary>
    public static JsonObject Cross(JsonObject left, JsonObject right, Random random)
    {
        var result = new JsonObject();
        foreach (var name in left.Select(member => member.Key).Union(right.Select(member => member.Key)))
        {
            var crossed = (left[name], right[name], random.Next(6)) switch
            {
                (JsonObject mine, JsonObject theirs, < 5) => Cross(mine, theirs, random),
                (JsonArray mine, JsonArray theirs, < 3) => new JsonArray([.. mine.Concat(theirs).Where(_ => random.Next(3) > 0).Select(item => item?.DeepClone())]),
                (JsonArray mine, JsonArray theirs, 3) => new JsonArray([.. mine.Select((item, index) => Cross(item, theirs.ElementAtOrDefault(index), random))]),
                ({ } mine, _, > 1) => mine.DeepClone(),
                (_, var theirs, _) => theirs?.DeepClone(),
            };
            if (crossed is not null && !IsEmptied(crossed, left[name], right[name]))
            {
                result[name] = crossed;
            }
        }

        return result;
    }

    /// <summary>All of the one, and what the other has beside it: in maps, and in elements that stand at the same place.</summary>
    public static JsonNode? Beside(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (JsonObject mine, JsonObject theirs) => new JsonObject(mine.Select(member => member.Key).Union(theirs.Select(member => member.Key))
            .Select(name => KeyValuePair.Create(name, mine.ContainsKey(name) ? Beside(mine[name], theirs[name]) : theirs[name]?.DeepClone()))),
        (JsonArray mine, JsonArray theirs) => new JsonArray([.. mine.Select((item, index) => Beside(item, theirs.ElementAtOrDefault(index)))]),
        _ => left?.DeepClone(),
    };

    /// <summary>The same with one member or element left out, anywhere: what is not masked by other differences.</summary>
    public static JsonObject LessOne(JsonObject json, Random random)
    {
        var copy = json.DeepClone().AsObject();
        var places = Places(copy).ToList();
        if (places.Count > 0)
        {
            places[random.Next(places.Count)]();
        }

        return copy;
    }

    private static bool IsEmptied(JsonNode crossed, JsonNode? left, JsonNode? right) =>
        IsEmpty(crossed) && !IsEmpty(left) && !IsEmpty(right);

    private static bool IsEmpty(JsonNode? node) => node is JsonObject { Count: 0 } or JsonArray { Count: 0 };

    private static JsonNode? Cross(JsonNode? left, JsonNode? right, Random random) =>
        left is JsonObject mine && right is JsonObject theirs ? Cross(mine, theirs, random) : left?.DeepClone();

    private static Encounter Make(IntentKind kind, Random random)
    {
        var first = kind.Make(random);
        var mode = random.Next(4);
        var changes = Enumerable.Range(0, Math.Max(mode == 0 ? 1 : 0, random.Next(5) - 2))
            .Select(_ => new ForeignChange(random.Next(3) == 0, random.Next(), kind.Make(random))).ToList();
        var next = mode switch
        {
            0 => first.DeepClone().AsObject(),
            1 => LessOne(first, random),
            2 => Cross(first, kind.Make(random), random),
            _ => kind.Make(random),
        };
        return new Encounter(kind, first, changes, next);
    }

    /// <summary>Shrinking keeps to what <see cref="IntentKind.Make"/> makes: nothing that is empty but for what was.</summary>
    private IEnumerable<Encounter> Smaller() =>
    [
        .. Changes.Select((_, index) => this with { Changes = [.. Changes.Where((_, each) => each != index)] }),
        .. Without(Next).Select(smaller => this with { Next = smaller }),
        .. Without(First).Select(smaller => this with { First = smaller }),
        .. Changes.SelectMany((change, index) => Without(change.Sample).Select(
            smaller => this with { Changes = [.. Changes.Select((each, at) => at == index ? change with { Sample = smaller } : each)] })),
    ];

    /// <summary>The same with one member or element left out, wherever it stands.</summary>
    private static IEnumerable<JsonObject> Without(JsonObject json)
    {
        var places = Places(json).ToList();
        for (var index = 0; index < places.Count; index++)
        {
            var copy = json.DeepClone().AsObject();
            Places(copy).ElementAt(index)();
            yield return copy;
        }
    }

    private static IEnumerable<Action> Places(JsonNode json) => json switch
    {
        JsonObject map => map.SelectMany(member => Places(member.Value!).Where(_ => !IsSingle(member.Value)).Prepend(() => map.Remove(member.Key))),
        JsonArray list => list.SelectMany((item, index) => Places(item!).Where(_ => !IsSingle(item)).Prepend(() => list.RemoveAt(index))),
        _ => [],
    };

    private static bool IsSingle(JsonNode? node) => node is JsonObject { Count: 1 } or JsonArray { Count: 1 };
}

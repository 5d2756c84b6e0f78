using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Idp.Kubernetes.Tests.Controllers;

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
                ({ } mine, _, > 1) => mine.DeepClone(),
                (_, var theirs, _) => theirs?.DeepClone(),
            };
            if (crossed is not null)
            {
                result[name] = crossed;
            }
        }

        return result;
    }

    private static Encounter Make(IntentKind kind, Random random)
    {
        var first = kind.Make(random);
        var changes = Enumerable.Range(0, random.Next(3)).Select(_ => new ForeignChange(random.Next(2) == 0, random.Next(), kind.Make(random))).ToList();
        var next = random.Next(3) switch
        {
            0 => first.DeepClone().AsObject(),
            1 => Cross(first, kind.Make(random), random),
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

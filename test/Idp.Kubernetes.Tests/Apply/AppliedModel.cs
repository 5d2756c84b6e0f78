using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>What a server-side apply does to one object, as simply as it can be said: maps by field, <c>keyed</c> by name, <c>set</c> by value, other lists whole.</summary>
internal sealed class AppliedModel
{
    private static readonly ResourceKind Kind = new("test.dev", "v1", "Thing", "things");
    private readonly JsonObject _live = [];
    private JsonObject _owned = [];

    public JsonObject Intent { get; private set; } = [];

    public static JsonObject RandomIntent(Random random) => new() { ["spec"] = RandomMap(random, depth: 2) };

    public KubeObject Live()
    {
        var live = _live.DeepClone().AsObject();
        live["metadata"] = new JsonObject
        {
            ["name"] = "x",
            ["managedFields"] = new JsonArray(new JsonObject
            {
                ["manager"] = "us",
                ["operation"] = "Apply",
                ["apiVersion"] = Kind.ApiVersion,
                ["fieldsV1"] = _owned.DeepClone(),
            }),
        };
        return KubeObject.From(Kind, live);
    }

    public void Apply(JsonObject desired)
    {
        var owned = Fields(desired);
        Remove(_owned, owned, _live);
        Merge(desired, _live);
        _owned = owned;
        Intent = desired;
    }

    /// <summary>Others add fields, elements and values of their own.</summary>
    public void DisturbBesideOurs(Random random) => Disturb(_live["spec"]!.AsObject(), random);

    /// <summary>Others take a field of ours, which makes it theirs.</summary>
    public void DisturbOurs(Random random)
    {
        var spec = _live["spec"]!.AsObject();
        var ours = (_owned["f:spec"] as JsonObject ?? []).Where(field => field.Key.StartsWith("f:", StringComparison.Ordinal)).ToList();
        if (ours.Count == 0)
        {
            return;
        }

        var name = ours[random.Next(ours.Count)].Key;
        _owned["f:spec"]!.AsObject().Remove(name);
        if (ours.Count == 1)
        {
            // A place without a field in it is not kept.
            _owned.Remove("f:spec");
        }

        if (random.Next(2) == 0)
        {
            spec[name[2..]] = "theirs";
        }
    }

    private static JsonObject RandomMap(Random random, int depth)
    {
        var map = new JsonObject();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var name = $"{"abcd"[random.Next(4)]}";
            switch (random.Next(depth > 0 ? 6 : 2))
            {
                case 0: map[name] = random.Next(3); break;
                case 1: map[name] = $"{random.Next(3)}"; break;
                case 2: map[$"m{name}"] = RandomMap(random, depth - 1); break;
                case 3: map["keyed"] = new JsonArray([.. Some(random).Select(key => (JsonNode)new JsonObject { ["name"] = key, ["v"] = random.Next(2) })]); break;
                case 4: map["set"] = new JsonArray([.. Some(random).Select(value => (JsonNode?)value)]); break;
                default: map["atomic"] = new JsonArray([.. Some(random).Select(value => (JsonNode)Atom(value, random))]); break;
            }
        }

        return map;
    }

    private static JsonObject Atom(string value, Random random) =>
        random.Next(2) == 0 ? new JsonObject { ["v"] = value } : new JsonObject { ["v"] = value, ["w"] = new JsonObject { ["x"] = random.Next(1, 3) } };

    private static List<string> Some(Random random) => [.. "pqrs".Where(_ => random.Next(2) == 0).DefaultIfEmpty('p').Select(letter => $"{letter}")];

    private static JsonObject Fields(JsonObject map) => new(map.Select(
        field => KeyValuePair.Create($"f:{field.Key}", (JsonNode?)FieldsOf(field.Key, field.Value!))));

    private static JsonObject FieldsOf(string name, JsonNode value) => (name, value) switch
    {
        ("keyed", JsonArray list) => new JsonObject(list.Select(element =>
        {
            var set = Fields(element!.AsObject());
            set["."] = new JsonObject();
            return KeyValuePair.Create($"k:{new JsonObject { ["name"] = element!["name"]!.DeepClone() }.ToJsonString()}", (JsonNode?)set);
        })),
        ("set", JsonArray list) => new JsonObject(list.Select(element => KeyValuePair.Create($"v:{element!.ToJsonString()}", (JsonNode?)new JsonObject()))),
        (_, JsonObject map) => Fields(map),
        _ => [],
    };

    private static void Remove(JsonObject old, JsonObject now, JsonObject live)
    {
        foreach (var (path, child) in old)
        {
            if (!path.StartsWith("f:", StringComparison.Ordinal) || live[path[2..]] is not { } value)
            {
                continue;
            }

            var still = now[path] as JsonObject;
            if (value is JsonArray list && child is JsonObject { Count: > 0 } elements)
            {
                RemoveElements(elements, still ?? [], list);
            }
            else if (value is JsonObject map && child is JsonObject { Count: > 0 } fields)
            {
                Remove(fields, still ?? [], map);
            }
            else if (still is null)
            {
                live.Remove(path[2..]);
            }
        }
    }

    private static void RemoveElements(JsonObject old, JsonObject now, JsonArray list)
    {
        foreach (var (path, child) in old)
        {
            var key = JsonNode.Parse(path[2..]);
            var element = list.FirstOrDefault(item => key is JsonObject ? JsonNode.DeepEquals(item?["name"], key["name"]) : JsonNode.DeepEquals(item, key));
            if (element is null)
            {
                continue;
            }

            if (!now.ContainsKey(path))
            {
                list.Remove(element);
            }
            else if (element is JsonObject map)
            {
                Remove(child!.AsObject(), now[path]!.AsObject(), map);
            }
        }
    }

    private static void Merge(JsonObject desired, JsonObject live)
    {
        foreach (var (name, value) in desired)
        {
            switch (name, value, live[name])
            {
                case ("keyed", JsonArray wanted, JsonArray there):
                    foreach (var element in wanted)
                    {
                        if (there.FirstOrDefault(item => JsonNode.DeepEquals(item!["name"], element!["name"])) is JsonObject found)
                        {
                            Merge(element!.AsObject(), found);
                        }
                        else
                        {
                            there.Add(element!.DeepClone());
                        }
                    }

                    break;
                case ("set", JsonArray wanted, JsonArray there):
                    foreach (var element in wanted.Where(element => !there.Any(item => JsonNode.DeepEquals(item, element))))
                    {
                        there.Add(element!.DeepClone());
                    }

                    break;
                case (_, JsonObject wanted, JsonObject there):
                    Merge(wanted, there);
                    break;
                case (_, JsonValue, JsonValue there) when JsonNode.DeepEquals(there, value):
                    break;
                default:
                    live[name] = value!.DeepClone();
                    break;
            }
        }
    }

    private static void Disturb(JsonObject map, Random random)
    {
        foreach (var (name, value) in map.ToList())
        {
            switch (name, value)
            {
                case ("keyed", JsonArray list) when random.Next(2) == 0:
                    list.Insert(0, new JsonObject { ["name"] = $"theirs{random.Next(1000)}" });
                    break;
                case ("set", JsonArray list) when random.Next(2) == 0 && !list.Any(item => (string?)item == "theirs"):
                    list.Insert(0, "theirs");
                    break;
                case (_, JsonObject child):
                    Disturb(child, random);
                    break;
            }
        }

        map[$"theirs{random.Next(3)}"] = random.Next(10);
    }
}

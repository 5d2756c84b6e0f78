using System.Text.Json.Nodes;

namespace Idp.Testing.Schemas;

/// <summary>Breaks values: puts into random places what no schema expects there.</summary>
public sealed class BrokenObject(Random random)
{
    /// <summary>A copy that is broken in one to three places; the place may be the whole.</summary>
    public JsonNode? Make(JsonNode whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        JsonNode holder = new JsonObject { ["whole"] = whole.DeepClone() };
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var places = Places(holder).ToList();

            // The whole is one place among many, and so comes seldom.
            Break(places[random.Next(places.Count)]);
        }

        return holder["whole"]?.DeepClone();
    }

    private static IEnumerable<Place> Places(JsonNode? node) => node switch
    {
        JsonObject map => map.ToList().SelectMany(member => Places(member.Value).Prepend(new Place(map, member.Key, 0))),
        JsonArray list => list.ToList().SelectMany((item, index) => Places(item).Prepend(new Place(list, "", index))),
        _ => [],
    };

    private void Break(Place place)
    {
        switch (random.Next(6))
        {
            case 0 when place.Value is JsonArray { Count: > 0 } list:
                list.Add(list[random.Next(list.Count)]?.DeepClone());
                break;
            case 1 when place.Value is JsonObject map:
                map["unknownField"] = Anything();
                break;
            case 2 when place.Value is JsonObject { Count: > 0 } map:
                map.Remove(map.ElementAt(random.Next(map.Count)).Key);
                break;
            default:
                place.Value = Anything();
                break;
        }
    }

    private JsonNode? Anything() => random.Next(16) switch
    {
        0 => null,
        1 => "",
        2 => new string('x', random.Next(2) == 0 ? 300 : 5_000),
        3 => "../../etc/passwd",
        4 => "line\nbreak\t\u0000\u001b[31m",
        5 => "{{ environment.name }} ${HOME} $(id) '; drop table users; --",
        6 => "\U0001F600 ünïcode \u202e",
        7 => -1,
        8 => long.MaxValue,
        9 => 1.5,
        10 => 1e300,
        11 => true,
        12 => new JsonArray(null, "x", 1, new JsonObject()),
        13 => new JsonObject { ["deep"] = new JsonObject { ["deeper"] = new JsonArray(new JsonArray()) } },
        14 => new JsonObject(),
        _ => new JsonArray(),
    };

    private readonly record struct Place(JsonNode Within, string Name, int Index)
    {
        public JsonNode? Value
        {
            get => Within is JsonArray list ? list[Index] : Within[Name];
            set
            {
                if (Within is JsonArray list)
                {
                    list[Index] = value;
                }
                else
                {
                    Within[Name] = value;
                }
            }
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Looks for wanted fields that are not there, are otherwise, or are not ours.</summary>
internal sealed class WantedWalk(List<Difference> differences)
{
    public void Object(string path, JsonObject wanted, JsonObject live, FieldSet? owned)
    {
        var isEmpty = !Intent.Fields(path, wanted).Any();
        if (isEmpty && owned is null)
        {
            differences.Add(new Difference(path, DifferenceKind.NotOwned));
        }

        // A map that we own as a whole; an empty one may as well be a place in which others are.
        var inside = owned is { IsLeaf: true } && owned != FieldSet.Unknown && !isEmpty ? FieldSet.Whole : owned;
        foreach (var (name, value) in Intent.Fields(path, wanted))
        {
            Node(Place(path, name), value, live[name], inside?.Of(name));
        }

        if (inside == FieldSet.Whole)
        {
            Rest(path, wanted, live);
        }
    }

    // What is owned as a whole says with no field who set it: what is not wanted of it is ours of before.
    private void Rest(string path, JsonObject wanted, JsonObject live)
    {
        foreach (var (name, left) in live)
        {
            if (left is not null && Intent.Field(path, wanted, name) is null && !SaysNothing(left))
            {
                differences.Add(new Difference(Place(path, name), DifferenceKind.NoLongerWanted) { Live = left.DeepClone() });
            }
        }
    }

    private static string Place(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Node(string path, JsonNode wanted, JsonNode? live, FieldSet? owned)
    {
        switch (wanted, live)
        {
            // The server drops some values that say nothing; that we own the place shows that it took ours.
            case (_, null) when owned is not null && SaysNothing(wanted):
                break;
            case (_, null):
                differences.Add(new Difference(path, DifferenceKind.Missing) { Desired = Intent.WithoutNulls(wanted) });
                break;
            case (JsonObject fields, JsonObject liveFields):
                Object(path, fields, liveFields, owned);
                break;
            case (JsonArray elements, JsonArray liveElements):
                List(path, elements, liveElements, owned);
                break;
            default:
                Scalar(path, wanted, live, owned);
                break;
        }
    }

    private static bool SaysNothing(JsonNode value) => value switch
    {
        JsonObject fields => fields.All(field => field.Value is null),
        JsonArray elements => elements.Count == 0,
        _ => value.GetValueKind() is JsonValueKind.False || Scalars.AreEqual(value, "") || Scalars.AreEqual(value, 0),
    };

    private void Scalar(string path, JsonNode wanted, JsonNode live, FieldSet? owned)
    {
        if (!Scalars.AreEqual(wanted, live) || wanted is not JsonValue)
        {
            Changed(path, wanted, live);
        }
        else if (owned is null)
        {
            differences.Add(new Difference(path, DifferenceKind.NotOwned));
        }
    }

    private void List(string path, JsonArray wanted, JsonArray live, FieldSet? owned)
    {
        if (owned is { Items.Count: > 0 })
        {
            Keyed(path, wanted, live, owned);
        }
        else if (owned is { Values.Count: > 0 })
        {
            Set(path, wanted, live, owned);
        }
        else
        {
            Atomic(path, wanted, live, owned);
        }
    }

    private void Keyed(string path, JsonArray wanted, JsonArray live, FieldSet owned)
    {
        var pairs = ListKeys.Pair(wanted, owned);
        for (var index = 0; index < wanted.Count; index++)
        {
            var key = pairs[index]?.Key ?? ListKeys.KeyOf(wanted[index], owned);
            Node(path + ListKeys.Print(key), wanted[index]!, ListKeys.Find(live, key), pairs[index]?.Set);
        }
    }

    private void Set(string path, JsonArray wanted, JsonArray live, FieldSet owned)
    {
        foreach (var value in wanted)
        {
            var place = $"{path}[{value}]";
            if (!live.Any(element => Scalars.AreEqual(element, value)))
            {
                differences.Add(new Difference(place, DifferenceKind.Missing) { Desired = value?.DeepClone() });
            }
            else if (!owned.Values.Any(element => Scalars.AreEqual(element, value)))
            {
                differences.Add(new Difference(place, DifferenceKind.NotOwned));
            }
        }
    }

    // Whoever owns an atomic list owns all of it.
    private void Atomic(string path, JsonArray wanted, JsonArray live, FieldSet? owned)
    {
        if (wanted.Count != live.Count)
        {
            Changed(path, wanted, live);
            return;
        }

        var before = differences.Count;
        for (var index = 0; index < wanted.Count; index++)
        {
            if (wanted[index] is { } element)
            {
                Node($"{path}[{index}]", element, live[index], owned is null || owned == FieldSet.Unknown ? FieldSet.Unknown : FieldSet.Whole);
            }
        }

        if (owned is null && differences.Count == before)
        {
            differences.Add(new Difference(path, DifferenceKind.NotOwned));
        }
    }

    private void Changed(string path, JsonNode wanted, JsonNode live) => differences.Add(
        new Difference(path, DifferenceKind.Changed) { Desired = Intent.WithoutNulls(wanted), Live = live.DeepClone() });
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Looks for wanted fields that are not there, are otherwise, or are not ours.</summary>
internal sealed class WantedWalk(List<Difference> differences)
{
    public void Object(string path, JsonObject wanted, JsonObject live, FieldSet? owned)
    {
        if (wanted.Count == 0 && owned is null)
        {
            differences.Add(new Difference(path, DifferenceKind.NotOwned));
        }

        foreach (var (name, value) in wanted)
        {
            Node(path.Length == 0 ? name : $"{path}.{name}", value!, live[name], owned?.Of(name));
        }
    }

    private void Node(string path, JsonNode wanted, JsonNode? live, FieldSet? owned)
    {
        switch (wanted, live)
        {
            // The server drops some values that say nothing; that we own the place shows that it took ours.
            case (_, null) when owned is not null && SaysNothing(wanted):
                break;
            case (_, null):
                differences.Add(new Difference(path, DifferenceKind.Missing) { Desired = wanted.DeepClone() });
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
        JsonObject fields => fields.Count == 0,
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

    // Whoever owns an atomic list owns all of it; its elements may hold defaults beside what we want.
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
                Node($"{path}[{index}]", element, live[index], FieldSet.Everything);
            }
        }

        if (owned is null && differences.Count == before)
        {
            differences.Add(new Difference(path, DifferenceKind.NotOwned));
        }
    }

    private void Changed(string path, JsonNode wanted, JsonNode live) => differences.Add(
        new Difference(path, DifferenceKind.Changed) { Desired = wanted.DeepClone(), Live = live.DeepClone() });
}

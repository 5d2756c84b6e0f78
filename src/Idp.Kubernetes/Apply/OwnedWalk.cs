using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Looks for fields that are ours, still there, and no longer wanted.</summary>
internal sealed class OwnedWalk(List<Difference> differences)
{
    public void Object(string path, FieldSet owned, JsonObject? wanted, JsonObject? live, JsonObject? key = null)
    {
        foreach (var (name, child) in owned.Fields)
        {
            if (live?[name] is not { } left)
            {
                continue;
            }

            var place = path.Length == 0 ? name : $"{path}.{name}";
            var value = Intent.Field(path, wanted, name);
            if (value is not null || !child.IsLeaf)
            {
                Node(place, child, value, left);
            }
            else if (key?.ContainsKey(name) is not true)
            {
                // A key that was left to its default is owned all the same.
                differences.Add(new Difference(place, DifferenceKind.NoLongerWanted) { Live = left.DeepClone() });
            }
        }
    }

    // Of a map or list that is no longer wanted at all, what is ours in it is looked for: the rest of it is not ours to remove.
    private void Node(string path, FieldSet owned, JsonNode? wanted, JsonNode live)
    {
        switch (wanted, live)
        {
            case (JsonObject or null, JsonObject liveFields):
                Object(path, owned, wanted as JsonObject, liveFields);
                break;
            case (JsonArray or null, JsonArray liveElements):
                Items(path, owned, wanted as JsonArray ?? [], liveElements);
                Values(path, owned, wanted as JsonArray ?? [], liveElements);
                break;
        }
    }

    private void Items(string path, FieldSet owned, JsonArray wanted, JsonArray live)
    {
        var pairs = ListKeys.Pair(wanted, owned);
        foreach (var (key, set) in owned.Items)
        {
            var index = Array.FindIndex(pairs, pair => pair is { } found && ReferenceEquals(found.Key, key));
            var place = path + ListKeys.Print(key);
            var element = ListKeys.Find(live, key);
            if (index >= 0)
            {
                Object(place, set, wanted[index] as JsonObject, element as JsonObject, key);
            }
            else if (element is not null)
            {
                differences.Add(new Difference(place, DifferenceKind.NoLongerWanted) { Live = element.DeepClone() });
            }
        }
    }

    private void Values(string path, FieldSet owned, JsonArray wanted, JsonArray live)
    {
        foreach (var value in owned.Values)
        {
            if (!wanted.Any(element => Scalars.AreEqual(element, value)) && live.Any(element => Scalars.AreEqual(element, value)))
            {
                differences.Add(new Difference($"{path}[{value}]", DifferenceKind.NoLongerWanted) { Live = value?.DeepClone() });
            }
        }
    }
}

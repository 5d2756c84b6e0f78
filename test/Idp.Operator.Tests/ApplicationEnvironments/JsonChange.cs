using System.Text.Json.Nodes;

namespace Idp.Operator.Tests.ApplicationEnvironments;

/// <summary>Changes a tree in the middle of an expression.</summary>
internal static class JsonChange
{
    public static JsonObject With(this JsonObject json, Action<JsonObject> change)
    {
        change(json);
        return json;
    }
}

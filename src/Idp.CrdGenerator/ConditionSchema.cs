using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.CrdGenerator;

/// <summary>The limits that Kubernetes itself sets for <c>metav1.Condition</c>.</summary>
/// <remarks>https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/types.go</remarks>
internal static class ConditionSchema
{
    private const string TypePattern =
        "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";

    public static JsonObject Confine(string property, JsonObject schema)
    {
        switch (property)
        {
            case nameof(Condition.Type):
                schema["maxLength"] = 316;
                schema["pattern"] = TypePattern;
                break;
            case nameof(Condition.Reason):
                schema["minLength"] = 1;
                schema["maxLength"] = 1024;
                schema["pattern"] = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";
                break;
            case nameof(Condition.Message):
                schema["maxLength"] = 32768;
                break;
            case nameof(Condition.ObservedGeneration):
                schema["minimum"] = 0;
                break;
            default:
                break;
        }

        return schema;
    }
}

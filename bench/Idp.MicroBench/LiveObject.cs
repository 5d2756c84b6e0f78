using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.MicroBench;

/// <summary>An object as an API server holds it, with its managed fields, and the intent that made it.</summary>
internal sealed class LiveObject(ResourceKind kind, string file)
{
    private static readonly string[] ByServer =
        ["uid", "resourceVersion", "generation", "creationTimestamp", "selfLink", "managedFields"];

    public static LiveObject BackendApp { get; } =
        new(new ResourceKind("idp.dev", "v1alpha1", "BackendApp", "backendapps"), "backendapp.json");

    public static LiveObject Application { get; } =
        new(new ResourceKind("argoproj.io", "v1alpha1", "Application", "applications"), "application.json");

    public ResourceKind Kind { get; } = kind;

    /// <summary>Its bytes, on one line as in a watch.</summary>
    public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", file)))!.ToJsonString());

    /// <summary>As it comes out of a watch.</summary>
    public KubeObject Parse() => KubeObject.Parse(Kind, Bytes);

    /// <summary>What was applied to make it: everything but what the server and other controllers added.</summary>
    public JsonObject Intent()
    {
        var intent = JsonNode.Parse(Bytes)!.AsObject();
        intent.Remove("status");
        intent.Remove("operation");
        foreach (var name in ByServer)
        {
            intent["metadata"]!.AsObject().Remove(name);
        }

        return intent;
    }

    /// <summary>One event of a watch.</summary>
    public byte[] Event() => [.. """{"type":"MODIFIED","object":"""u8, .. Bytes, (byte)'}', (byte)'\n'];
}

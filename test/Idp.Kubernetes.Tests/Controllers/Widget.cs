using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.Cache;

namespace Idp.Kubernetes.Tests.Controllers;

/// <summary>A small kind of our own.</summary>
public sealed class Widget : CustomKubernetesEntity<WidgetSpec, WidgetStatus>, IKubernetesEntity<Widget>
{
    public static ResourceKind ResourceKind => Objects.Widgets;

    public static JsonTypeInfo<Widget> JsonType => WidgetJson.Default.Widget;
}

public sealed record WidgetSpec
{
    public int Size { get; init; }
}

public sealed record WidgetStatus;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Widget))]
internal sealed partial class WidgetJson : JsonSerializerContext;

using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Kubernetes.Tests.Model;

/// <summary>The API server itself is asked how it prints quantities; in resource lists it also rounds up to thousandths, so none here is finer.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class QuantityServerTest(ControlPlaneFixture controlPlane)
{
    private static readonly string[] Written =
    [
        "0", "1", "0.5", "100m", "1000m", "1500m", "1024Mi", "1.5Gi", "0.1Gi", "0.5Ki", "1023Ki", "1024Ki", "2000", "2500", "1e3", "12E2", "1E3",
        "1e-3", "100k", "1000k", "1G", "1M", "500M", "512", "1024", "1048576", "1000u", "1.0", "010", "2E", "3Ei",
        "1.25", "4Gi", "8192Mi", "1000Mi", "123456789", "1.1Mi", "1234567.891", "5e6", "5e-1", "+3", ".5", "1.", "0.25Mi", "900000000000", "1Ti",
        "1.500", "1.234", "0.100", "0.123", "1000.500", "12.345k", "1.500e3", "1.5e3", "-1.5", "-2", "00.500", "1234567890123456789", "100e-3",
    ];

    [Fact]
    public async Task CanonicalForm_IsTheServers()
    {
        var inNamespace = await controlPlane.NewNamespaceAsync();
        var limits = new JsonObject(Written.Select((text, index) => KeyValuePair.Create($"test.dev/r{index}", (JsonNode?)text)));
        var range = await controlPlane.Client.CreateAsync(
            WellKnownKinds.LimitRange,
            new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "LimitRange",
                ["metadata"] = new JsonObject { ["name"] = "q", ["namespace"] = inNamespace },
                ["spec"] = new JsonObject { ["limits"] = new JsonArray(new JsonObject { ["type"] = "Pod", ["max"] = limits }) },
            },
            CancellationToken.None);

        var printed = range.ToJson()["spec"]!["limits"]![0]!["max"]!;
        for (var index = 0; index < Written.Length; index++)
        {
            Quantity.Canonical(Written[index]).Should().Be((string?)printed[$"test.dev/r{index}"], $"that is how the server prints {Written[index]}");
        }
    }
}

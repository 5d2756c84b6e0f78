using System.Text.Json.Nodes;
using Idp.Sandbox.StandIns.ArgoCd;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.Tests.StandIns.ArgoCd;

public sealed class KustomizationFileTest
{
    [Theory]
    [InlineData("shop=ghcr.io/acme/shop:1.2", """{"name":"shop","newName":"ghcr.io/acme/shop","newTag":"1.2"}""")]
    [InlineData("shop=localhost:5000/shop", """{"name":"shop","newName":"localhost:5000/shop"}""")]
    [InlineData("shop=ghcr.io/acme/shop@sha256:00ff", """{"name":"shop","newName":"ghcr.io/acme/shop","digest":"sha256:00ff"}""")]
    [InlineData("nginx:1.27", """{"name":"nginx","newName":"nginx","newTag":"1.27"}""")]
    public void SetsImagesAsKustomizeEditDoes(string image, string expected)
    {
        var kustomization = Read("{images: [{name: shop, newName: old, newTag: old}, {name: nginx, newTag: old}]}");

        KustomizationFile.Edit(kustomization, new JsonObject { ["images"] = new JsonArray(image) });

        kustomization["images"]!.AsArray().Should().HaveCount(2);
        kustomization["images"]!.AsArray()[^1]!.ToJsonString().Should().Be(expected);
    }

    [Fact]
    public void PatchesComeAfterTheRepositorysOwn()
    {
        var kustomization = Read("{patches: [{path: own.yaml}]}");

        KustomizationFile.Edit(kustomization, Read("{patches: [{patch: '[]', target: {kind: Deployment}}]}"));

        kustomization["patches"]!.AsArray().Select(patch => patch!["path"] is null).Should().Equal(false, true);
    }

    private static JsonObject Read(string yaml) => YamlText.ReadObjects(yaml)[0];
}

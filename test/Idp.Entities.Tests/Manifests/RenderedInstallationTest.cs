using System.Text.Json.Nodes;
using Idp.Sandbox.Processes;
using Idp.Sandbox.World;

namespace Idp.Entities.Tests.Manifests;

/// <summary>What <c>kubectl apply -k config/default</c> sends: by the kubectl of this machine, and by that of the control plane, which may be much older.</summary>
public sealed class RenderedInstallationTest : IDisposable
{
    private const string Image = "registry.example.com/platform/idp-operator";
    private readonly string _folder = Directory.CreateTempSubdirectory("idp-rendered-").FullName;

    public RenderedInstallationTest()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.PathOf("config"), "*.yaml", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(RepositoryFiles.PathOf(""), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task UntilAnImageIsSet_TheOneThatIsNamedBelongsToNobody() =>
        (await RenderAsync(await NewestAsync(), "config/default")).Select(ImageOf).OfType<string>().Should().Equal("idp-operator:0.1.0");

    [Fact]
    public async Task TheImageThatIsSetInTheKustomization_IsTheOneThatIsPulled()
    {
        SetImage("config/default/kustomization.yaml", Image, "1.2.3");
        foreach (var kubectl in await KubectlsAsync())
        {
            (await RenderAsync(kubectl, "config/default")).Select(ImageOf).OfType<string>().Should().Equal([$"{Image}:1.2.3"], kubectl);
        }
    }

    [Fact]
    public async Task AnOverlaySetsTheImageByTheSameName()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "ours"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "ours", "kustomization.yaml"),
            $"bases: [../config/default]\nimages: [{{name: idp-operator, newName: {Image}, newTag: \"7\"}}]\n");
        foreach (var kubectl in await KubectlsAsync())
        {
            (await RenderAsync(kubectl, "ours")).Select(ImageOf).OfType<string>().Should().Equal([$"{Image}:7"], kubectl);
        }
    }

    [Fact]
    public async Task WhatOthersNeedComesBeforeThem()
    {
        foreach (var kubectl in await KubectlsAsync())
        {
            var kinds = (await RenderAsync(kubectl, "config/default")).Select(item => item["kind"]!.GetValue<string>()).ToList();

            kinds[0].Should().Be("Namespace", kubectl);
            string[] needed = ["CustomResourceDefinition", "ServiceAccount", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap"];
            needed.Should().OnlyContain(kind => kinds.LastIndexOf(kind) > 0 && kinds.LastIndexOf(kind) < kinds.IndexOf("Deployment"), kubectl);
        }
    }

    [Fact]
    public async Task EveryRenderedObjectIsTheSame_WhoeverRendersIt()
    {
        var kubectls = await KubectlsAsync();
        var first = await RenderAsync(kubectls[0], "config/default");
        first.Should().HaveCountGreaterThan(14);
        foreach (var kubectl in kubectls.Skip(1))
        {
            Sorted(await RenderAsync(kubectl, "config/default")).Should().Equal(Sorted(first));
        }
    }

    private static List<string> Sorted(IEnumerable<JsonObject> objects) =>
        [.. objects.Select(item => InOrder(item)!.ToJsonString()).Order(StringComparer.Ordinal)];

    private static JsonNode? InOrder(JsonNode? node) => node switch
    {
        JsonObject item => new JsonObject(item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, InOrder(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(InOrder)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode ContainerOf(IEnumerable<JsonObject> objects) =>
        objects.Single(item => item["kind"]!.GetValue<string>() == "Deployment")["spec"]!["template"]!["spec"]!["containers"]![0]!;

    private static string? ImageOf(JsonObject item) =>
        item["kind"]!.GetValue<string>() == "Deployment" ? ContainerOf([item])["image"]!.GetValue<string>() : null;

    /// <summary>What a person does by hand, and <c>kustomize edit set image idp-operator=NAME:TAG</c> by itself: the entry of that name gets the values.</summary>
    private void SetImage(string file, string name, string tag)
    {
        var path = Path.Combine(_folder, file);
        var kustomization = RepositoryFiles.Read(path)[0];
        var entry = kustomization["images"]!.AsArray().Single(image => image!["name"]!.GetValue<string>() == "idp-operator")!;
        (entry["newName"], entry["newTag"]) = (name, tag);
        File.WriteAllText(path, kustomization.ToJsonString());
    }

    private static async Task<string> NewestAsync() => await SandboxPaths.KubectlAsync(CancellationToken.None);

    private static async Task<IReadOnlyList<string>> KubectlsAsync()
    {
        var assets = Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 } named ? named : SandboxPaths.Cache("control-plane", "bin");
        return [.. new[] { await NewestAsync(), Path.Combine(assets, "kubectl") }.Where(File.Exists).Distinct()];
    }

    private async Task<IReadOnlyList<JsonObject>> RenderAsync(string kubectl, string folder)
    {
        var result = await new Command(kubectl, "kustomize", Path.Combine(_folder, folder)).RunAsync(CancellationToken.None);
        result.Succeeded.Should().BeTrue($"{kubectl} said: {result.Error}");
        var file = Path.Combine(_folder, "rendered.yaml");
        await File.WriteAllTextAsync(file, result.Output);
        return RepositoryFiles.Read(file);
    }
}

using Idp.Operator.Commands;
using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.Commands;

/// <summary>Manifests are refused as an API server refuses them, all faults at once, each with its place.</summary>
public sealed class ManifestReaderTest : IDisposable
{
    private const string Good = """
        apiVersion: idp.dev/v1alpha1
        kind: BackendApp
        metadata: {name: hello}
        spec: {replicas: 3}

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("idp-manifests-").FullName;

    [Theory]
    [InlineData("spec: {replica: 3}", "4:8: spec.replica: there is no such key: did you mean 'replicas'?")]
    [InlineData("spec: {replicas: three}", "4:18: spec.replicas: must be a whole number")]
    [InlineData("spec: {replicas: 101}", "4:18: spec.replicas: must be between 0 and 100")]
    [InlineData("spec: {replicas: null}", "4:18: spec.replicas: has no value: leave the key out for the default")]
    [InlineData("spec: {repository: {visibility: null}}", "4:33: spec.repository.visibility: has no value: leave the key out for the default")]
    [InlineData("spec: null", "4:7: spec: has no value: leave the key out for the default")]
    [InlineData("spec: {env: [null]}", "4:14: spec.env[0]: has no value")]
    [InlineData("spec: []", "4:7: spec: a mapping is expected")]
    [InlineData("spec: {suspend: 'yes'}", "4:17: spec.suspend: must be true or false")]
    [InlineData("spec: {repository: {visibility: Secret}}", "4:33: spec.repository.visibility: must be one of Private, Internal, Public")]
    [InlineData("spec: {repository: {visibilty: Public}}", "4:21: spec.repository.visibilty: there is no such key: did you mean 'visibility'?")]
    [InlineData("spec: {resources: {requests: {cpu: [1]}}}", "4:36: spec.resources.requests.cpu: must be a quantity, such as 500m or 256Mi")]
    [InlineData("spec: {resources: {requests: {cpu: 1, memory: 256Mi}}}", "")]
    [InlineData("spec: {resources: {requests: {cpu: lots}}}", "4:36: spec.resources.requests.cpu: must be a quantity")]
    [InlineData("spec: {template: {parameters: {port: 8080}}}", "4:38: spec.template.parameters.port: must be text: put it in quotes")]
    [InlineData("spec: {env: [{name: A, value: '1'}, {name: B, valu: x}]}", "4:47: spec.env[1].valu: there is no such key: did you mean 'value'?")]
    [InlineData("spec: {env: [{value: '1'}]}", "4:14: spec.env[0].name: is required")]
    [InlineData("spec: {environments: [{name: Staging}]}", "4:30: spec.environments[0].name: must be")]
    [InlineData("spec: {replicas: 3}\nspecs: {}", "5:1: specs: there is no such key: did you mean 'spec'?")]
    public void AFaultIsSaidWithItsPlace(string spec, string error)
    {
        var text = $"apiVersion: idp.dev/v1alpha1\nkind: BackendApp\nmetadata: {{name: hello}}\n{spec}\n";

        var errors = ReadText(text).Errors.Select(found => $"{found}".Replace("standard input:", "", StringComparison.Ordinal)).ToList();

        if (error.Length == 0)
        {
            errors.Should().BeEmpty();
        }
        else
        {
            errors.Should().ContainSingle().Which.Should().StartWith(error);
        }
    }

    [Theory]
    [InlineData("kind: BackendAp\napiVersion: idp.dev/v1alpha1", "1:7: kind: idp.dev/v1alpha1 has no such kind: did you mean 'BackendApp'?")]
    [InlineData("kind: BackendApp\napiVersion: idp.dev/v1", "2:13: apiVersion: must be idp.dev/v1alpha1 for a BackendApp")]
    [InlineData("kind: BackendApp", "apiVersion: must be idp.dev/v1alpha1 for a BackendApp")]
    [InlineData("- a list", "a mapping is expected")]
    [InlineData("kind: Namespace\napiVersion: v1", "standard input: there is neither a BackendApp nor an ApplicationEnvironment")]
    [InlineData("", "standard input: there is neither a BackendApp nor an ApplicationEnvironment")]
    [InlineData("kind: BackendApp\napiVersion: idp.dev/v1alpha1\nspec: {}", "metadata")]
    [InlineData("kind: BackendApp\napiVersion: idp.dev/v1alpha1\nmetadata: {name: hello, labels: {a: 1}}", "metadata.labels.a: must be text: put it in quotes")]
    [InlineData("kind: BackendApp\napiVersion: idp.dev/v1alpha1\nmetadata: {name: hello, lables: {}}", "metadata.lables: there is no such key: did you mean 'labels'?")]
    public void WhatIsNotOneOfOurManifestsIsSaid(string text, string error) =>
        ReadText(text).Errors.Should().ContainSingle().Which.ToString().Should().Contain(error);

    [Fact]
    public void AllFaultsOfAllDocumentsAndFilesAreListed_InTheirOrder()
    {
        Write("b.yaml", Good + "---\napiVersion: idp.dev/v1alpha1\nkind: ApplicationEnvironment\nmetadata: {name: hello-a}\nspec: {application: hello, stage: Moon, hst: a.acme.dev}\n");
        Write("a.yml", "apiVersion: idp.dev/v1alpha1\nkind: BackendApp\nmetadata: {name: Hello}\nspec:\n  imagee: x\n  env: 5\n");
        Write("broken.json", "{");
        Write("notes.txt", "kind: BackendApp\nnot: [read");

        var errors = Read(_folder).Errors.Select(error => $"{error}"[(_folder.Length + 1)..]).ToList();

        errors.Should().HaveCount(5);
        errors[0].Should().Be("a.yml:5:3: spec.imagee: there is no such key: did you mean 'image'?");
        errors[1].Should().Be("a.yml:6:8: spec.env: a list is expected");
        errors[2].Should().StartWith("b.yaml:9:35: spec.stage: must be one of ");
        errors[3].Should().Be("b.yaml:9:41: spec.hst: there is no such key: did you mean 'host'?");
        errors[4].Should().StartWith("broken.json:");
    }

    [Fact]
    public void GoodOnesAreRead_WithTheirNamespace_AndWithoutTheirStatus()
    {
        Write("many.yaml", Good + "status: {team: liars}\n---\n---\n" + Good.Replace("{name: hello}", "{name: other, namespace: team-shop}", StringComparison.Ordinal)
            + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n");

        var read = Read(Path.Combine(_folder, "many.yaml"));

        read.ErrorText.Should().BeEmpty();
        read.Value!.Apps.Select(app => $"{app.Metadata.Key}").Should().Equal("from-context/hello", "team-shop/other");
        read.Value.Apps[0].Spec.Replicas.Should().Be(3);
        read.Value.Apps[0].Status.Team.Should().BeNull();
    }

    [Fact]
    public void WhatKubectlShowsOfALiveObjectIsTaken() => ReadText(Good.Replace(
        "{name: hello}",
        "{name: hello, uid: x, resourceVersion: '1', generation: 2, creationTimestamp: 2026-01-01T00:00:00Z, selfLink: /x, managedFields: [{manager: a}]}",
        StringComparison.Ordinal)).ErrorText.Should().BeEmpty();

    [Fact]
    public void AFileThatIsNotThereIsSaid() =>
        Read(Path.Combine(_folder, "absent.yaml")).ErrorText.Should().Contain("absent.yaml: cannot be read: ");

    [Theory]
    [MemberData(nameof(Samples))]
    public void EverySampleIsTaken(string file) => Read(file).ErrorText.Should().BeEmpty();

    public static TheoryData<string> Samples() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(ApplicationEnvironments.Samples.Repository(), "config", "samples"), "*.yaml")
            .Where(file => File.ReadAllText(file).Contains("idp.dev/v1alpha1", StringComparison.Ordinal)),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Loaded<Manifests> Read(string name) => new ManifestReader("from-context").Read([name], TextReader.Null);

    private static Loaded<Manifests> ReadText(string text) => new ManifestReader("from-context").Read(["-"], new StringReader(text));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}

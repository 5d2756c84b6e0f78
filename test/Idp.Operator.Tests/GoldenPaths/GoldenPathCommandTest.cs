using System.CommandLine;
using System.Text.Json.Nodes;
using Idp.Operator.Commands;
using Idp.Operator.GoldenPaths;

namespace Idp.Operator.Tests.GoldenPaths;

public sealed class GoldenPathCommandTest : IDisposable
{
    private readonly TemplateFolder _folder = new();

    [Fact]
    public void TheGoldenPathsOfTheOperator_HaveNoErrors()
    {
        var (code, output) = Run("check", GoldenPathCatalog.FullPath("golden-paths"));

        code.Should().Be(0, output);
        output.Should().Contain("can be used; 0 errors");
    }

    [Fact]
    public void SaysWhatIsWrong_WithFileLineAndColumn_AndWhatIsSeldomMeant()
    {
        Good("web");
        _folder.Write("web/skeleton/run.sh", "#!/bin/sh\necho '{{ description | line }}'\n");
        _folder.Write("web/skeleton/bad.yaml", "a: [\n");
        _folder.Offer("api", "1.0.0", text: "one\n  {{ nothing }}\n");

        var (code, output) = Run("check", _folder.Root);

        code.Should().Be(1);
        output.Should().Contain($"{_folder.Full("api/skeleton/a.txt")}:2:3: error: there is no value 'nothing'")
            .And.Contain($"{_folder.Full("web/skeleton/run.sh")}:2:7: warning: 'description' can be any text, and this file is executed")
            .And.Contain($"{_folder.Full("web/skeleton/run.sh")}: warning: is a script that cannot be executed")
            .And.Contain("(rendered as bad.yaml):2:1: warning: is no YAML")
            .And.Contain("the parameter 'unused' is used by no file")
            .And.EndWith("web 1.0.0 can be used; 1 errors, 5 warnings.\n");
    }

    [Theory]
    [InlineData("web", "web 2.0.0, web 1.0.0 can be used; 0 errors, 0 warnings.\n")]
    [InlineData("web/1.0.0", "web 1.0.0 can be used; 0 errors, 0 warnings.\n")]
    [InlineData("", "web 2.0.0, web 1.0.0 can be used; 0 errors, 0 warnings.\n")]
    public void TakesAGoldenPath_AVersionOfOne_OrAFolderOfThem(string folder, string expected)
    {
        Overlay("web", "2.0.0");
        Overlay("web/1.0.0", "1.0.0");

        Run("check", _folder.Full(folder)).Should().Be((0, expected));
    }

    [Fact]
    public void AFolderWithoutAny_IsAnError()
    {
        Run("check", _folder.Root).Code.Should().Be(1);
        Run("check", _folder.Full("nowhere")).Output.Should().StartWith($"{_folder.Full("nowhere")}: error: there is no such folder\n");
    }

    [Fact]
    public void AsJson_ItHasTheSame()
    {
        _folder.Offer("api", "1.0.0", text: "{{ nothing }}");

        var (code, output) = Run("check", _folder.Full("api"), "-o", "json");

        code.Should().Be(1);
        var report = JsonNode.Parse(output)!;
        report["errors"]![0]!.ToJsonString().Should().Contain("\"line\":1,\"column\":1").And.Contain("there is no value");
        report["goldenPaths"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public void RendersAnExample_AndOneForEachVariation()
    {
        Good("web");

        var (code, output) = Run("check", _folder.Full("web"), "--render", _folder.Full("out"), "--set", "port=9000", "--set", "port=1,flag=true");

        code.Should().Be(0, output);
        Text("default").Should().Be("port 8000\n");
        Text("port=9000").Should().Be("port 9000\n");
        Text("port=1,flag=true").Should().Be("port 1\nflagged\n");
        File.Exists(_folder.Full("out/web-1.0.0/default/deploy/overlays/production/a.txt")).Should().BeTrue();

        Run("check", _folder.Full("web"), "--render", _folder.Full("out")).Output.Should().Contain("is there already and not empty");

        string Text(string variation) => File.ReadAllText(_folder.Full($"out/web-1.0.0/{variation}/port.txt"));
    }

    [Theory]
    [InlineData("port=many", "Parameter port of golden path web must be a whole number.")]
    [InlineData("prot=1", "has no parameter 'prot'")]
    [InlineData("port", "'port' is not NAME=VALUE.")]
    public void AVariationThatDoesNotFit_IsAnError(string variation, string message)
    {
        Good("web");

        var (code, output) = Run("check", _folder.Full("web"), "--set", variation);

        code.Should().Be(1);
        output.Should().Contain($"--set {variation}: ").And.Contain(message);
    }

    [Fact]
    public void ACommaBelongsToAValue_UnlessAParameterFollows() =>
        CheckRendering.Parse("a=1,2,b=x=y,3").Should().Equal(new Dictionary<string, string> { ["a"] = "1,2", ["b"] = "x=y,3" });

    public void Dispose() => _folder.Dispose();

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = GoldenPathCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }

    private void Overlay(string place, string version)
    {
        _folder.Offer(place, version, "files: [{path: 'deploy/**', each: environments}]\n");
        _folder.Write($"{place}/skeleton/deploy/overlays/{{{{ environment.name }}}}/a.txt", "{{ environment.host }}\n");
    }

    private void Good(string name)
    {
        Overlay(name, "1.0.0");
        _folder.Write($"{name}/template.yaml", $$"""
            name: {{name}}
            version: 1.0.0
            parameters:
              - {name: port, description: The port., type: integer, default: "8000"}
              - {name: flag, description: A flag., type: boolean, default: "false"}
              - {name: unused, type: boolean, default: "false"}
            files: [{path: 'deploy/**', each: environments}]
            """);
        _folder.Write($"{name}/skeleton/port.txt", "port {{ parameters.port }}\n{{? parameters.flag }}flagged\n");
    }
}

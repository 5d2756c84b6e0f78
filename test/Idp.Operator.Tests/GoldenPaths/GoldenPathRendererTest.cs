using System.Text;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.GoldenPaths;

public sealed class GoldenPathRendererTest
{
    private const string Hostile = "He said \"hi\"\\ {{ team }} ${{ secrets.X }} \n- x: 1\r\n'''\"\"\" # \u0085\u2028 😀 %s {0} </b>\0";

    [Fact]
    public void PlaceholdersAreFilled_AndGitHubsExpressionsStay() =>
        One("image: {{ image }}:${{ github.sha }} {{application}}\n").Should().Be("image: ghcr.io/acme/pay:${{ github.sha }} pay\n");

    [Theory]
    [InlineData("{{ description | json }}")]
    [InlineData("{{ description | yaml }}")]
    public void HostileTextStaysOneValue(string placeholder)
    {
        var text = One($"a: {placeholder}\nb: 2\n", Input() with { Description = Hostile });

        var root = YamlReader.Read(text, "f").Root!;
        root["a"]!.GetValue<string>().Should().Be(Hostile);
        root["b"]!.GetValue<int>().Should().Be(2);
        JsonNode.Parse(One("{{ description | json }}", Input() with { Description = Hostile }))!.GetValue<string>().Should().Be(Hostile);
    }

    [Fact]
    public void TextAsALine_IsOneLine() =>
        One("{{ description | line }}|\n", Input() with { Description = " a\n\n\tb\u2028c\u0000 " }).Should().Be("a b c|\n");

    [Theory]
    [InlineData("on", "\"on\"")]
    [InlineData("123", "\"123\"")]
    [InlineData("pay", "pay")]
    public void ANameThatYamlWouldTakeForSomethingElse_IsQuoted(string name, string written) =>
        One("{{ application | yaml }}", Input() with { Application = name }).Should().Be(written);

    [Fact]
    public void ALineWhoseValueIsEmpty_IsDroppedWhole()
    {
        const string template = "a\n  {{? system }}  system: {{ system }}\nb\n{{? system }}{{? ingressClass }}both\nend";

        One(template).Should().Be("a\nb\nend");
        One(template, Input() with { System = "billing" }).Should().Be("a\n  system: billing\nb\nend");
        One(template, Input() with { System = "billing", IngressClass = "nginx" }).Should().Be("a\n  system: billing\nb\nboth\nend");
    }

    [Fact]
    public void ALineForTheEmptyValue_IsDroppedWhereThereIsOne()
    {
        const string template = "a\n  {{?! system }}  alone\n{{?!system}}{{? ingressClass }}both\nend";

        One(template).Should().Be("a\n  alone\nend");
        One(template, Input() with { IngressClass = "nginx" }).Should().Be("a\n  alone\nboth\nend");
        One(template, Input() with { System = "billing", IngressClass = "nginx" }).Should().Be("a\nend");
    }

    [Theory]
    [InlineData("a\r\nb\r\n")]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("no end of line")]
    [InlineData("\ufeffbyte order mark")]
    public void TextWithoutPlaceholders_ComesOutByteForByte(string text) => One(text).Should().Be(text);

    [Fact]
    public void BytesThatAreNotToBeRendered_ComeOutAsTheyAre()
    {
        byte[] bytes = [0, 255, (byte)'{', (byte)'{'];
        var path = PathOf(new SkeletonFile { Path = "logo.png", Content = bytes, Verbatim = true, Executable = true });

        var file = GoldenPathRenderer.Render(path, Input()).Single();

        file.Content.ToArray().Should().Equal(bytes);
        file.Executable.Should().BeTrue();
    }

    [Fact]
    public void AFileForEachEnvironment_IsMadeForEach()
    {
        var path = PathOf(
            File("deploy/{{ environment.name }}/k.yaml", "{{ environment.host }} {{ environment.replicas }} {{ environment.stage }}") with { EachEnvironment = true },
            File("a.txt", "x"));

        var files = GoldenPathRenderer.Render(path, Input());

        files.Select(f => (f.Path, Text(f))).Should().Equal(
            ("a.txt", "x"),
            ("deploy/production/k.yaml", "pay.acme.dev 3 Production"),
            ("deploy/staging/k.yaml", "pay-staging.acme.dev 1 Staging"));
    }

    [Fact]
    public void TheSameInputGivesTheSameBytes()
    {
        var path = PathOf(File("b", "{{ team }}"), File("a", "{{ owner }}"));

        var first = GoldenPathRenderer.Render(path, Input());
        var second = GoldenPathRenderer.Render(path, Input());

        first.Select(f => f.Path).Should().Equal("a", "b");
        first.Select(f => f.Sha256).Should().Equal(second.Select(f => f.Sha256));
        first[1].Sha256.Should().Be("df384ae97c77ad3001626aab01f2eb2aad176448109165df1d64c57b7091cd1c", "it is the SHA-256 of 'payments'");
    }

    [Theory]
    [InlineData("pay\nevil: true")]
    [InlineData("pay\"")]
    [InlineData("pay $(reboot)")]
    [InlineData("{{ team }}")]
    public void ANameThatCouldBreakOut_IsRefused(string name)
    {
        var render = () => One("name: {{ application }}", Input() with { Application = name });

        render.Should().Throw<GoldenPathParameterException>().WithMessage("application *");
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a/../../up")]
    [InlineData("/etc/passwd")]
    [InlineData(".git/hooks/pre-commit")]
    [InlineData("x/.GIT/config")]
    [InlineData(".idp/repository.json")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("")]
    public void APathOutsideTheRepositoryOrInGitsFolder_IsRefused(string file)
    {
        var render = () => GoldenPathRenderer.Render(PathOf(File(file, "")), Input());

        render.Should().Throw<GoldenPathParameterException>().WithMessage("The path *");
    }

    [Fact]
    public void TwoFilesOfOnePath_AreRefused_WhateverTheirCase()
    {
        var render = () => GoldenPathRenderer.Render(PathOf(File("README.md", ""), File("readme.md", "")), Input());

        render.Should().Throw<GoldenPathParameterException>().WithMessage("The path 'README.md' is written twice.");
    }

    [Fact]
    public void ParametersAreChecked_WithEveryErrorInASentence()
    {
        var path = PathOf(File("f", "")) with
        {
            Parameters =
            [
                new() { Name = "port", Type = ParameterType.Number, Default = "8000", Minimum = 1024, Maximum = 65535 },
                new() { Name = "debug", Type = ParameterType.Boolean, Default = "false" },
                new() { Name = "flavour", Type = ParameterType.Choice, Values = ["a", "b"], Default = "a" },
                new() { Name = "prefix", Type = ParameterType.Text, Pattern = "/[a-z]*", Default = "/" },
                new() { Name = "contact", Type = ParameterType.Text, Required = true, Description = "Who is asked." },
            ],
        };
        var given = new Dictionary<string, string>
        {
            ["ports"] = "1",
            ["port"] = "08000",
            ["debug"] = "True",
            ["flavour"] = "c",
            ["prefix"] = "/a\n",
        };

        ParameterValues.Check(path, given).Should().Equal(
            "Golden path p has no parameter 'ports': did you mean 'port'?",
            "Parameter port of golden path p must be a whole number.",
            "Parameter debug of golden path p must be true or false.",
            "Parameter flavour of golden path p must be one of a, b.",
            "Parameter prefix of golden path p must fit /[a-z]*.",
            "Parameter contact of golden path p is required: Who is asked.");
        ParameterValues.Check(path, new Dictionary<string, string> { ["contact"] = "x", ["port"] = "80" }).Should().Equal(
            "Parameter port of golden path p must be at least 1024.");
        ParameterValues.Check(path, new Dictionary<string, string> { ["contact"] = Hostile }).Should().BeEmpty();
    }

    [Fact]
    public void ParametersComeWithTheirDefaults()
    {
        var path = PathOf(File("f", "{{ parameters.port }} {{ parameters.note | json }}")) with
        {
            Parameters =
            [
                new() { Name = "port", Type = ParameterType.Number, Default = "8000" },
                new() { Name = "note", Type = ParameterType.Text },
            ],
        };

        Text(GoldenPathRenderer.Render(path, Input()).Single()).Should().Be("8000 \"\"");
        var given = Input() with { Parameters = new Dictionary<string, string> { ["port"] = "9000", ["note"] = Hostile } };
        Text(GoldenPathRenderer.Render(path, given).Single()).Should().Be("9000 " + YamlScalar.Quote(Hostile));
    }

    [Fact]
    public void AFileWithACondition_ExistsWhereTheValueIsNotEmpty()
    {
        var path = PathOf(
            File("database", "x") with { When = ["database"] },
            File("both", "x") with { When = ["database", "system"] },
            File("{{ environment.name }}/scaler", "{{ environment.maxReplicas }}") with { EachEnvironment = true, When = ["environment.maxReplicas"] });
        var input = Input();
        var scaled = input with { Database = "postgresql", Environments = [input.Environments[0], input.Environments[1] with { MaxReplicas = 6 }] };

        GoldenPathRenderer.Render(path, input).Should().BeEmpty();
        GoldenPathRenderer.Render(path, scaled).Select(file => file.Path).Should().Equal("database", "production/scaler");
        GoldenPathRenderer.Render(path, scaled with { System = "billing" }).Select(file => file.Path).Should().Equal("both", "database", "production/scaler");
    }

    [Fact]
    public void AListIsReadAsOne_AndTakesNoNameThatCouldEndIt()
    {
        const string template = "values: {{ allowedNamespaces }}\n";

        YamlReader.Read(One(template, Input() with { AllowedNamespaces = ["null", "monitoring"] }), "f").Root!.ToJsonString().Should()
            .Be("""{"values":["null","monitoring"]}""");
        One("{{? allowedNamespaces }}x\n").Should().BeEmpty();
        var hostile = () => One(template, Input() with { AllowedNamespaces = ["a\"]\nevil: [\""] });
        hostile.Should().Throw<GoldenPathParameterException>().WithMessage("allowedNamespaces *");
    }

    [Theory]
    [InlineData("ghcr.io/acme/pay", "ghcr.io")]
    [InlineData("localhost:5000/pay", "localhost:5000")]
    [InlineData("acme/pay", "docker.io")]
    public void TheRegistryIsThatOfTheImage(string image, string registry) =>
        One("{{ registry }}", Input() with { Image = image }).Should().Be(registry);

    internal static RenderInput Input() => new()
    {
        Application = "pay",
        Description = "Takes payments.",
        Owner = "acme",
        Repository = "pay",
        Team = "payments",
        Image = "ghcr.io/acme/pay",
        Environments =
        [
            new() { Name = "staging", Stage = Stage.Staging, Host = "pay-staging.acme.dev", Namespace = "pay-staging" },
            new() { Name = "production", Stage = Stage.Production, Host = "pay.acme.dev", Namespace = "pay-production", Replicas = 3 },
        ],
    };

    private static string One(string content, RenderInput? input = null) =>
        Text(GoldenPathRenderer.Render(PathOf(File("f", content)), input ?? Input()).Single());

    private static string Text(RenderedFile file) => Encoding.UTF8.GetString(file.Content.Span);

    private static SkeletonFile File(string path, string content) => new() { Path = path, Content = Encoding.UTF8.GetBytes(content) };

    private static GoldenPath PathOf(params SkeletonFile[] files) => new() { Name = "p", Version = "1.0.0", Files = files };
}

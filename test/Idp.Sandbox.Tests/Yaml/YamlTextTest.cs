using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.Tests.Yaml;

public sealed class YamlTextTest
{
    [Fact]
    public void PlainScalarsHaveTypesAndQuotedOnesAreText() =>
        YamlText.ReadObjects("{a: 1, b: '1', c: true, d: 1.5, e: ~, f: 1.2.3, g: 100m, h: \"\"}").Single().ToJsonString()
            .Should().Be("""{"a":1,"b":"1","c":true,"d":1.5,"e":null,"f":"1.2.3","g":"100m","h":""}""");

    [Fact]
    public void EmptyDocumentsAreLeftOut() =>
        YamlText.ReadObjects("---\n# nothing\n---\na: 1\n---\n").Should().ContainSingle();

    [Fact]
    public void NonsenseNamesTheLine() =>
        FluentActions.Invoking(() => YamlText.ReadObjects("a: 1\nb: [")).Should().Throw<FormatException>().WithMessage("Line *");
}

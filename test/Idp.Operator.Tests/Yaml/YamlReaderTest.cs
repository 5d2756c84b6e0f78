using System.Text.Json.Nodes;
using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.Yaml;

public sealed class YamlReaderTest
{
    [Theory]
    [InlineData("", "null")]
    [InlineData("~", "null")]
    [InlineData("NULL", "null")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("17", "17")]
    [InlineData("+007", "7")]
    [InlineData("-0", "-0")]
    [InlineData("0o17", "15")]
    [InlineData("0xFF", "255")]
    [InlineData(".5", "0.5")]
    [InlineData("-1.", "-1.0")]
    [InlineData("1e3", "1e3")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("\"17\"", "\"17\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("!!str 17", "\"17\"")]
    [InlineData("!!int \"17\"", "17")]
    [InlineData("! 17", "\"17\"")]
    [InlineData("100m", "\"100m\"")]
    public void ScalarsAreThoseOfTheCoreSchema(string yaml, string json)
    {
        var root = YamlReader.Read($"value: {yaml}\n", "f.yaml").Root!;

        (root["value"]?.ToJsonString() ?? "null").Should().Be(json);
    }

    [Theory]
    [InlineData("value: .nan", 1, 8)]
    [InlineData("value: -.inf", 1, 8)]
    [InlineData("value: !!binary aGk=", 1, 8)]
    [InlineData("value: !!int seven", 1, 8)]
    [InlineData("value: !ruby/object {}", 1, 8)]
    [InlineData("a: 1\nb: 2\na: 3", 3, 1)]
    [InlineData("a: {b: 1, b: 2}", 1, 11)]
    [InlineData("? [a]\n: 1", 1, 3)]
    [InlineData("base: &b {x: 1}\nmore:\n  <<: *b", 3, 3)]
    [InlineData("a: *nobody", 1, 4)]
    [InlineData("a: &a [*a]", 1, 8)]
    [InlineData("a: 1\n---\nb: 2", 3, 1)]
    [InlineData("a: [1, 2", 2, 1)]
    [InlineData("a: 1\n\tb: 2", 1, 4)]
    [InlineData("a: \"\\q\"", 1, 4)]
    public void WhatJsonCannotHold_IsRefusedWithItsPlace(string yaml, int line, int column)
    {
        var read = () => YamlReader.Read(yaml, "f.yaml");

        var error = read.Should().Throw<YamlReadException>().Which.Error;
        (error.File, error.Line, error.Column).Should().Be(("f.yaml", line, column), error.Message);
    }

    [Fact]
    public void Aliases_StandForWhatTheyName()
    {
        var root = YamlReader.Read("a: &x {n: [1, 2]}\nb: *x\nc: [*x]\n", "f.yaml").Root!;

        root.ToJsonString().Should().Be("""{"a":{"n":[1,2]},"b":{"n":[1,2]},"c":[{"n":[1,2]}]}""");
    }

    [Fact]
    public void AnErrorBehindAnAlias_PointsAtWhereTheValueIsWritten()
    {
        var document = YamlReader.Read("a: &x\n  n: 1\nb: *x\n", "f.yaml");

        document.Error("b.n", "wrong").ToString().Should().Be("f.yaml:2:6: b.n: wrong");
    }

    [Fact]
    public void ABillionLaughs_EndsAtTheLimit()
    {
        var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
            + string.Concat(Enumerable.Range(1, 30).Select(i =>
                $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        var read = () => YamlReader.Read(text, "f.yaml");

        read.Should().Throw<YamlReadException>().WithMessage("*more than 100000 values*");
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void DepthHasALimit(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 5000)) + "1" + string.Concat(Enumerable.Repeat(close, 5000));

        var read = () => YamlReader.Read(text, "f.yaml");

        read.Should().Throw<YamlReadException>().WithMessage("*60 levels deep*");
    }

    [Fact]
    public void DepthBehindAliasesHasTheSameLimit()
    {
        var text = "a0: &a0 [1]\n" + string.Concat(Enumerable.Range(1, 80).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n"));

        var read = () => YamlReader.Read(text, "f.yaml");

        read.Should().Throw<YamlReadException>().WithMessage("*60 levels deep*");
    }

    [Fact]
    public void ALongFile_IsRefusedUnread()
    {
        var read = () => YamlReader.Read(new string('a', (1 << 20) + 1), "f.yaml");

        read.Should().Throw<YamlReadException>().WithMessage("f.yaml: longer than 1048576 characters");
    }

    [Fact]
    public void EmptyFile_HasANullRoot()
    {
        YamlReader.Read("# nothing\n", "f.yaml").Root.Should().BeNull();
        YamlReader.ReadAll("", "f.yaml").Should().BeEmpty();
    }

    [Fact]
    public void SeveralDocuments_ComeInOrder()
    {
        var documents = YamlReader.ReadAll("a: 1\n---\n- b\n---\n", "f.yaml");

        documents.Select(d => d.Root?.ToJsonString() ?? "null").Should().Equal("""{"a":1}""", """["b"]""", "null");
    }

    [Theory]
    [InlineData("b.c", 3, 6)]
    [InlineData("b.d[1]", 5, 7)]
    [InlineData("b.d[1].x", 5, 11)]
    [InlineData("b['e.f']", 6, 8)]
    [InlineData("b.missing", 2, 1)]
    [InlineData("b.d[7]", 4, 3)]
    [InlineData("nowhere.at.all", 1, 1)]
    public void ErrorsPointAtTheValue_OrAtTheKeyOfWhatLacksIt(string path, int line, int column)
    {
        var document = YamlReader.Read("a: 1\nb:\n  c: 2\n  d: [1,\n      {x: 3}]\n  e.f: 4\n", "f.yaml");

        var error = document.Error(path, "wrong");

        (error.Line, error.Column).Should().Be((line, column));
    }

    [Fact]
    public void KeysAreTextWhateverTheyLookLike()
    {
        var root = (JsonObject)YamlReader.Read("1: a\ntrue: b\n", "f.yaml").Root!;

        root.Select(entry => entry.Key).Should().Equal("1", "true");
    }

    [Fact]
    public void WhateverTheTextIs_NothingButItsOwnExceptionComesOut()
    {
        string[] pieces =
        [
            "a", "b: ", "- ", "? ", ": ", "[", "]", "{", "}", ",", "\n", "\n  ", "\n    ", "&x ", "*x", "!!str ", "!t ", "|\n", ">-\n", "'", "\"", "# c", "---\n", "...\n", "%YAML 1.2\n",
            "%TAG ! x\n", "\\", "\t", "\r", "\u2028", "\ud83d", "\0", "<<: ", "~", "1e999", "0x", new string('x', 1100), "@", "`", "\uFEFF",
        ];
        var random = new Random(20261127);
        var refused = 0;

        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                YamlReader.ReadAll(text, "f.yaml");
            }
            catch (YamlReadException error)
            {
                error.Error.Message.Should().NotBeEmpty();
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"{error.GetType().Name} at {text.Replace("\n", "\\n", StringComparison.Ordinal)}: {error}");
            }
        }

        refused.Should().BeInRange(5_000, 19_999);
    }
}

using Idp.Operator.GoldenPaths;

namespace Idp.Operator.Tests.GoldenPaths;

public sealed class GoldenPathCatalogTest : IDisposable
{
    private const string Manifest = "name: web\nversion: 1.0.0\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-paths-");

    [Fact]
    public void TheGoldenPathsThatComeWithTheOperator_AreBesideIt()
    {
        var loaded = GoldenPathCatalog.Load(["golden-paths"]);

        loaded.Value!.Errors.Should().BeEmpty();
        loaded.Value.Names.Should().Contain("python-fastapi");
        loaded.Value.Find("python-fastapi", VersionRange.Any)!.Files.Should().Contain(file => file.EachEnvironment);
        loaded.Value.Find("nothing", VersionRange.Any).Should().BeNull();
    }

    [Fact]
    public void ReadsRulesAndModes()
    {
        Write("web/template.yaml", Manifest + "files:\n  - {path: 'over/**', each: environments}\n  - {path: '*.j2', verbatim: true, once: true}\n");
        Write("web/skeleton/over/{{ environment.name }}/a", "{{ environment.host }}");
        Write("web/skeleton/page.j2", "{{ jinja }}");
        Write("web/skeleton/logo", "\0{{");
        Write("web/skeleton/run.sh", "#!/bin/sh\n");
        Executable(Full("web/skeleton/run.sh"));
        Directory.CreateDirectory(Full(".git"));

        var files = Load().Find("web", VersionRange.Any)!.Files;

        files.Select(f => (f.Path, f.EachEnvironment, f.Verbatim, f.Once, f.Executable)).Should().Equal(
            ("logo", false, true, false, false),
            ("over/{{ environment.name }}/a", true, false, false, false),
            ("page.j2", false, true, true, false),
            ("run.sh", false, false, false, true));
    }

    [Fact]
    public void AConditionNamesAValueThatThereIs()
    {
        Write("web/template.yaml", Manifest + "files:\n  - {path: a, when: database}\n  - {path: b, when: datbase}\n  - {path: c, when: environment.maxReplicas}\n");
        Write("web/skeleton/a", "");
        Write("web/skeleton/b", "");
        Write("web/skeleton/c", "");

        Read().Errors.Select(error => error.ToString().Replace(_folder.FullName, "", StringComparison.Ordinal)).Should().Equal(
            "/web/skeleton/b: has the rule 'when: datbase', but there is no value 'datbase': did you mean 'database'?",
            "/web/skeleton/c: has the rule 'when: environment.maxReplicas', but 'environment.maxReplicas' has a value only in files with the rule 'each: environments'");
    }

    [Fact]
    public void EveryErrorIsListed_WithFileAndLine()
    {
        Write("web/template.yaml", """
            name: other
            version: "1"
            parameters:
              - {name: port, type: integer, default: "80", minimum: 1024}
              - {name: port, type: enum}
              - {name: mail, type: string, pattern: "(a)\\1", default: x}
              - {name: who, type: string, pattern: "[a-z]+"}
            files:
              - {path: nowhere/**, each: environments}
            """);
        Write("web/skeleton/a.txt", "ok {{ application }}\n{{ descripton }}\n{{ description }} {{ environment.name }}\n{{ x");
        Write("web/skeleton/{{ description }}/b.txt", "");
        Write("web/skeleton/.idp/c.txt", "");

        var errors = Read().Errors.Select(e => e.ToString().Replace(_folder.FullName, "", StringComparison.Ordinal));

        errors.Should().BeEquivalentTo(
            "/web/skeleton/.idp/c.txt: reaches into .idp, which is the operator's",
            "/web/skeleton/a.txt:2:1: there is no value 'descripton': did you mean 'description'?",
            "/web/skeleton/a.txt:3:1: 'description' can be any text: write {{ description | json }}, | yaml or | line",
            "/web/skeleton/a.txt:3:19: 'environment.name' has a value only in files with the rule 'each: environments'",
            "/web/skeleton/a.txt:4:1: this {{ begins no placeholder: {{ name }}, {{ name | json }}, {{? name }} or {{?! name }}",
            "/web/skeleton/{{ description }}/b.txt: 'description' can be any text: write {{ description | json }}, | yaml or | line",
            "/web/template.yaml:1:7: name: must be that of the folder, 'web'",
            "/web/template.yaml:2:10: version: must be a semantic version such as 1.2.0, in quotes",
            "/web/template.yaml:4:42: parameters[0].default: must be at least 1024",
            "/web/template.yaml:5:12: parameters[1].name: 'port' occurs twice",
            "/web/template.yaml:5:5: parameters[1].values: is required for the type enum",
            "/web/template.yaml:5:5: parameters[1].default: is required, or 'required: true'",
            "/web/template.yaml:6:41: parameters[2].pattern: is not a regular expression that can be used; lookaround and back references cannot",
            "/web/template.yaml:7:5: parameters[3].default: is required, or 'required: true'",
            "/web/template.yaml:9:12: files[0].path: fits no file of the skeleton");
    }

    [Fact]
    public void WrongTypes_AreErrorsOfTheirLines()
    {
        Write("web/template.yaml", "name: web\nversion: 1.0\nparameters:\n  - {name: a, type: number}\nfiles:\n  - {path: x, each: stages}\n");
        Write("web/skeleton/a", "");

        Read().Errors.Select(e => (e.Line, e.Path, e.Message)).Should().Equal(
            (2, "version", "must be text: put it in quotes"),
            (4, "parameters[0].type", "must be one of string, integer, boolean, enum"),
            (6, "files[0].each", "must be one of environments"));
    }

    [Fact]
    public void ATemplateRepository_StandsInPlaceOfASkeleton()
    {
        Write("web/template.yaml", Manifest + "description: From GitHub.\nrepository: acme/web-template\n");

        var path = Load().Find("web", VersionRange.Any)!;

        (path.Repository!.Owner, path.Repository.Name, path.Version, path.Files.Count).Should().Be(("acme", "web-template", "1.0.0", 0));
        ParameterValues.Check(path, new Dictionary<string, string> { ["port"] = "80" })
            .Should().Equal("Golden path web has no parameter 'port'; it has none.");
    }

    [Fact]
    public void WhatBelongsToASkeleton_IsAnErrorBesideATemplateRepository()
    {
        Write("web/template.yaml", Manifest + """
            repository: web-template
            parameters:
              - {name: port, type: integer, default: "80"}
            files:
              - {path: a.txt, verbatim: true}
            """);
        Write("web/skeleton/a.txt", "{{ nothing }}");

        Read().Errors.Select(e => (e.Line, e.Path, e.Message)).Should().Equal(
            (3, "repository", "must be owner/name of a template repository on GitHub"),
            (3, "repository", "stands in place of a skeleton: remove one of the two"),
            (5, "parameters", "are only for a skeleton; the files of a repository are taken as they are"),
            (7, "files", "are only for a skeleton; the files of a repository are taken as they are"));
    }

    [Theory]
    [InlineData("https://github.com/acme/web")]
    [InlineData("acme/..")]
    [InlineData("acme/web/tree")]
    [InlineData("-acme/web")]
    [InlineData("acme/w b")]
    public void ATemplateRepositoryThatCannotBe_IsAnError(string repository)
    {
        Write("web/template.yaml", Manifest + $"repository: \"{repository}\"\n");

        Read().Errors.Should().ContainSingle().Which.Path.Should().Be("repository");
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("a.txt")]
    public void ALinkInASkeleton_IsRefused(string target)
    {
        Write("web/template.yaml", Manifest);
        Write("web/skeleton/a.txt", "");
        File.CreateSymbolicLink(Full("web/skeleton/link"), target);

        ErrorText().Should().Contain("link: is a link");
    }

    [Fact]
    public void ALinkedFolder_IsNotFollowed()
    {
        Write("web/template.yaml", Manifest);
        Write("web/skeleton/a.txt", "");
        Directory.CreateSymbolicLink(Full("web/skeleton/up"), "..");

        Read().Errors.Should().ContainSingle(e => e.Message.StartsWith("is a link"));
    }

    [Fact]
    public void SizesAreBounded()
    {
        Write("web/template.yaml", Manifest);
        Write("web/skeleton/big.txt", new string('x', (1 << 20) + 1));
        for (var i = 0; i < 501; i++)
        {
            Write($"web/skeleton/many/{i}", "");
        }

        var errors = ErrorText();

        errors.Should().Contain("big.txt: is too large").And.Contain("a skeleton holds more than 500 files");
    }

    [Fact]
    public void TwoDirectoriesMayNotOfferTheSameName()
    {
        foreach (var directory in new[] { "one", "two" })
        {
            Write($"{directory}/web/template.yaml", Manifest);
            Write($"{directory}/web/skeleton/a.txt", "");
        }

        var catalog = GoldenPathCatalog.Load([Full("one"), Full("two")]).Value!;

        catalog.Names.Should().BeEmpty("nobody knows which of the two is meant");
        catalog.ErrorsOf("web").Should().ContainSingle().Which.ToString().Should().EndWith($"/two/web: another source offers a golden path web too: {Full("one/web")}");
    }

    [Fact]
    public void OneThatCannotBeUsed_HoldsUpNoneOfTheOthers()
    {
        Write("web/template.yaml", Manifest);
        Write("web/skeleton/a.txt", "");
        Write("heavy/template.yaml", "name: heavy\nversion: 1.0.0\n");
        Directory.CreateDirectory(Full("heavy/skeleton"));
        using (var heavy = File.Create(Full("heavy/skeleton/model.bin")))
        {
            heavy.SetLength(100 << 20);
        }

        var catalog = Read();

        catalog.Names.Should().Equal("web");
        catalog.Find("heavy", VersionRange.Any).Should().BeNull();
        catalog.ErrorsOf("heavy")[0].ToString().Should().EndWith(
            "heavy/skeleton/model.bin: is too large: 1048576 bytes a file and 8388608 in all are the most");
        catalog.ErrorsOf("web").Should().BeEmpty();
        catalog.ErrorsOf("nothing").Should().BeEmpty();
    }

    [Fact]
    public void AMissingFolderOrFile_IsAnError()
    {
        Directory.CreateDirectory(Full("empty"));

        GoldenPathCatalog.Load(["/nowhere"]).ErrorText.Should().Be("/nowhere: there is no such folder of golden paths");
        ErrorText().Should().Contain("/empty: cannot be read: ");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Executable(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private GoldenPathCatalog Load()
    {
        ErrorText().Should().BeEmpty();
        return Read();
    }

    private GoldenPathCatalog Read() => GoldenPathCatalog.Load([_folder.FullName]).Value!;

    private string ErrorText() => string.Join('\n', Read().Errors);

    private string Full(string path) => Path.Combine(_folder.FullName, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }
}

using System.CommandLine;
using System.Text;
using Idp.Operator.Commands;
using Idp.Operator.GoldenPaths;

namespace Idp.Operator.Tests.GoldenPaths;

public sealed class GoldenPathImportTest : IDisposable
{
    private const string Slug = "from/{{ cookiecutter.project_slug }}";
    private readonly TemplateFolder _folder = new();

    [Fact]
    public void ACookiecutterTemplate_BecomesAGoldenPath_AndWhatCannotBeSaidIsListed()
    {
        Cookiecutter();

        var (code, output) = Run("--from", "cookiecutter", "--to", _folder.Full("web"));

        code.Should().Be(0, output);
        _folder.Text("web/template.yaml").Should().Be("""
            name: web
            version: "1.0.0"
            parameters:
              - name: author
                description: "Who wrote it?"
                type: string
                pattern: "[A-Za-z0-9][A-Za-z0-9 ._@/+-]*"
                default: Jane Doe
              - name: package
                type: string
                pattern: "[A-Za-z0-9][A-Za-z0-9 ._@/+-]*"
                required: true
              - name: use_docker
                type: boolean
                default: "true"
              - name: with_tests
                type: boolean
                default: "false"
              - name: port
                type: integer
                default: "8000"
            files:
              - path: templates/page.html
                verbatim: true

            """);
        _folder.Text("web/skeleton/README.md").Should().Be("""
            # {{ application }} by {{ parameters.author }}
            "{{ description | line }}" of [[ cookiecutter.license.lower() ]]
            {{? parameters.use_docker }}Runs in a container.
            {{? parameters.use_docker }}
            {{?! parameters.use_docker }}Runs on its own.
            {{?! parameters.with_tests }}No tests.
            always
            {{? parameters.with_tests }}{{? parameters.use_docker }}Tests in a container.
            image: ${{ github.sha }} and ${{ secrets.TOKEN }}
            [[ item ]]

            """.Replace("\"{{ description | line }}\"", "{{ description | json }}", StringComparison.Ordinal));
        _folder.Text("web/skeleton/{{ parameters.package }}/main.py").Should().Be("PORT = {{ parameters.port }}\n");
        _folder.Text("web/skeleton/templates/page.html").Should().Be("{{ cookiecutter.kept }} {% for x in y %}");
        File.Exists(_folder.Full("web/skeleton/hooks")).Should().BeFalse();
        File.Exists(_folder.Full("ran")).Should().BeFalse("hooks are never run");
        string[] notes =
        [
            "from/cookiecutter.json:2:3: note: 'project_slug' is the value 'application'",
            "from/cookiecutter.json:5:3: note: the default of 'package' is computed",
            "from/cookiecutter.json:10:3: note: '_extensions' is private to Cookiecutter",
            "from/cookiecutter.json:6:3: note: no file asks for 'license' in a way that could be taken over: it is left out",
            "from/hooks/pre_gen_project.py: note: a hook is code, which is never run",
            "/README.md:2:51: note: 'cookiecutter.license.lower()' cannot be said without code",
            "/README.md:11:1: note: the condition 'cookiecutter.license == \"MIT\"' cannot be said: its lines are always there",
            "/README.md:18:1: note: 'for item in list' cannot be said without code: it is left out",
            "/README.md:19:1: note: 'item' cannot be said without code",
        ];
        foreach (var note in notes)
        {
            output.Should().Contain(note);
        }

        Check("web").Should().Contain("web 1.0.0 can be used; 0 errors");
    }

    [Fact]
    public void WhatWasImported_RendersWhatTheTemplateWould()
    {
        Cookiecutter();
        Run("--from", "cookiecutter", "--to", _folder.Full("web")).Code.Should().Be(0);
        using var alone = new TemplateFolder();
        Directory.Move(_folder.Full("web"), alone.Full("web"));
        var path = alone.Read().Find("web", VersionRange.Any)!;

        var files = GoldenPathRenderer.Render(path, GoldenPathRendererTest.Input() with
        {
            Parameters = new Dictionary<string, string> { ["package"] = "pay", ["use_docker"] = "false", ["with_tests"] = "true" },
        });

        var readme = Encoding.UTF8.GetString(files.Single(file => file.Path == "README.md").Content.Span);
        readme.Should().StartWith("# pay by Jane Doe\n").And.Contain("Runs on its own.\n").And.NotContain("container").And.NotContain("No tests");
        files.Should().Contain(file => file.Path == "pay/main.py");
    }

    [Fact]
    public void ABackstageTemplate_BecomesAGoldenPath()
    {
        Backstage();

        var (code, output) = Run("--from", "backstage", "--to", _folder.Full("node"));

        code.Should().Be(0, output);
        _folder.Text("node/template.yaml").Should().Be("""
            name: node
            version: "1.0.0"
            description: A service in Node.
            parameters:
              - name: port
                description: The port
                type: integer
                minimum: 1024
                default: "3000"
              - name: level
                type: enum
                values:
                  - info
                  - debug
                default: info
              - name: path
                type: string
                pattern: "/[a-z]+"
                required: true
              - name: metrics
                type: boolean
                default: "true"
            files:
              - path: chart/service.yaml
                verbatim: true

            """);
        _folder.Text("node/skeleton/package.json").Should().Be("""
            {"name": "{{ application }}", "description": {{ description | json }},
             "port": {{ parameters.port }}, "level": {{ parameters.level | json }}, "fixed": "eu", "path": "{{ parameters.path }}"
            {{? parameters.metrics }} , "metrics": true
            }

            """);
        _folder.Text("node/skeleton/ci.yaml").Should().Be("run: ${{ github.sha }} ${{ matrix.node }}\n");
        _folder.Text("node/skeleton/chart/service.yaml").Should().Be("name: {{ .Values.name }}\n");
        output.Should().Contain("'repoUrl' names the repository, which the platform makes").And.Contain("template.yaml:30:7: note: the step 'publish:github' is left out")
            .And.Contain("'tags' is of type array");
        Check("node").Should().Contain("node 1.0.0 can be used; 0 errors");
    }

    [Theory]
    [InlineData("cookiecutter", "cookiecutter.json", "is not there, or is no mapping: this is no Cookiecutter template")]
    [InlineData("backstage", "template.yaml", "is not there, or has no kind Template")]
    public void WhatIsNoTemplate_IsRefused_AndNothingIsWritten(string from, string file, string message)
    {
        _folder.Write("from/readme", "");

        var (code, output) = Run("--from", from, "--to", _folder.Full("web"));

        code.Should().Be(1);
        output.Should().Contain($"from/{file}: error: {message}").And.EndWith("Nothing was written: 1 errors.\n");
        Directory.Exists(_folder.Full("web")).Should().BeFalse();
    }

    [Fact]
    public void WhatWouldNotPassTheCheck_IsRefusedWithItsReasons()
    {
        _folder.Write("from/cookiecutter.json", """{"project_slug": "pay"}""");
        _folder.Write($"{Slug}/CON", "x");

        var (code, output) = Run("--from", "cookiecutter", "--to", _folder.Full("web"));

        code.Should().Be(1);
        output.Should().Contain("web/skeleton/CON: error: has a part that is a device of Windows");
        Directory.Exists(_folder.Full("web")).Should().BeFalse();
    }

    [Fact]
    public void LinksAreNotFollowed()
    {
        _folder.Write("from/cookiecutter.json", """{"project_slug": "pay"}""");
        _folder.Write($"{Slug}/a", "x");
        File.CreateSymbolicLink(_folder.Full($"{Slug}/passwd"), "/etc/passwd");

        Run("--from", "cookiecutter", "--to", _folder.Full("web")).Should().Match<(int Code, string Output)>(
            run => run.Code == 1 && run.Output.Contains("passwd: error: is a link", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private (int Code, string Output) Run(params string[] options) => Invoke(["import", _folder.Full("from"), .. options]);

    private string Check(string folder) => Invoke(["check", _folder.Full(folder)]).Output;

    private static (int Code, string Output) Invoke(string[] arguments)
    {
        using var output = new StringWriter();
        var code = GoldenPathCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }

    private void Cookiecutter()
    {
        _folder.Write("from/cookiecutter.json", """
            {
              "project_slug": "my-project",
              "project_short_description": "Short.",
              "author": "Jane Doe",
              "package": "{{ cookiecutter.project_slug.replace('-', '_') }}",
              "license": ["MIT", "Apache-2.0"],
              "use_docker": "y",
              "with_tests": false,
              "port": 8000,
              "_extensions": ["evil.Extension"],
              "_copy_without_render": ["templates/*.html"],
              "__prompts__": {"author": "Who wrote it?"}
            }
            """);
        _folder.Write("from/hooks/pre_gen_project.py", $"open('{_folder.Full("ran")}', 'w')\n");
        _folder.Write($"{Slug}/README.md", """
            # {{ cookiecutter.project_slug }} by {{cookiecutter.author}}
            "{{ cookiecutter.project_short_description }}" of {{ cookiecutter.license.lower() }}
            {%- if cookiecutter.use_docker == "y" %}
            Runs in a container.

            {%- else %}
            Runs on its own.
            {%- endif %}
            {% if not cookiecutter.with_tests %}No tests.{% endif %}
            {# a comment #}
            {% if cookiecutter.license == "MIT" %}
            always
            {% endif %}
            {% if cookiecutter.with_tests and cookiecutter.use_docker == 'y' %}
            Tests in a container.
            {% endif %}
            image: {% raw %}${{ github.sha }}{% endraw %} and ${{ secrets.TOKEN }}
            {% for item in list %}
            {{ item }}
            {% endfor %}

            """);
        _folder.Write($"{Slug}/{{{{cookiecutter.package}}}}/main.py", "PORT = {{ cookiecutter.port }}\n");
        _folder.Write($"{Slug}/templates/page.html", "{{ cookiecutter.kept }} {% for x in y %}");
    }

    private void Backstage()
    {
        _folder.Write("from/template.yaml", """
            apiVersion: scaffolder.backstage.io/v1beta3
            kind: Template
            metadata: {name: node, description: A service in Node.}
            spec:
              parameters:
                - title: The service
                  required: [name, path]
                  properties:
                    name: {type: string}
                    description: {type: string}
                    repoUrl: {type: string, ui:field: RepoUrlPicker}
                    port: {title: The port, type: integer, default: 3000, minimum: 1024}
                    level: {type: string, enum: [info, debug]}
                    path: {type: string, pattern: "^/[a-z]+$"}
                    metrics: {type: boolean, default: true}
                    tags: {type: array, items: {type: string}}
              steps:
                - id: fetch
                  action: fetch:template
                  input:
                    url: ./skeleton
                    values:
                      component: ${{ parameters.name }}
                      description: ${{ parameters.description }}
                      port: ${{ parameters.port }}
                      level: ${{ parameters.level }}
                      path: ${{ parameters.path }}
                      metrics: ${{ parameters.metrics }}
                      region: eu
                - id: publish
                  action: publish:github
            """);
        _folder.Write("from/skeleton/package.json", """
            {"name": "${{ values.component }}", "description": ${{ values.description | dump }},
             "port": ${{ values.port }}, "level": ${{ values.level | dump }}, "fixed": "${{ values.region }}", "path": "${{ values.path }}"
            {%- if values.metrics %}
             , "metrics": true
            {%- endif %}
            }

            """);
        _folder.Write("from/skeleton/ci.yaml", "run: ${{ github.sha }} {% raw %}${{ matrix.node }}{% endraw %}\n");
        _folder.Write("from/skeleton/chart/service.yaml", "name: {{ .Values.name }}\n");
    }
}

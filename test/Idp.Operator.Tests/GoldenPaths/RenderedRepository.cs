using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.GoldenPaths;

/// <summary>A golden path of the repository, rendered to disk.</summary>
internal sealed class RenderedRepository : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-rendered-");

    public RenderedRepository(string goldenPath, RenderInput input)
    {
        var catalog = GoldenPathCatalog.Load(["golden-paths"]);
        catalog.ErrorText.Should().BeEmpty();
        Files = GoldenPathRenderer.Render(catalog.Value!.Find(goldenPath, VersionRange.Any)!, input);
        foreach (var file in Files)
        {
            var path = Path.Combine(_folder.FullName, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content.ToArray());
        }
    }

    public IReadOnlyList<RenderedFile> Files { get; }

    public string Folder => _folder.FullName;

    public static (bool Succeeded, string Output) Run(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode == 0, process.ExitCode == 0 ? output : output + errors.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (false, $"there is no {program}");
        }
    }

    public string Text(string path) => Encoding.UTF8.GetString(Files.Single(file => file.Path == path).Content.Span);

    public JsonNode Yaml(string path) => YamlReader.Read(Text(path), path).Root!;

    public void Dispose() => _folder.Delete(recursive: true);
}

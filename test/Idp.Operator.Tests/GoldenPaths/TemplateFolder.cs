using Idp.Operator.GoldenPaths;

namespace Idp.Operator.Tests.GoldenPaths;

/// <summary>A folder of golden paths on disk.</summary>
internal sealed class TemplateFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-templates-");

    public string Root => _folder.FullName;

    public string Full(string path) => Path.Combine(Root, path);

    public GoldenPathCatalog Read() => GoldenPathCatalog.Load([Root]).Value!;

    /// <summary>What is wrong, with paths below the folder.</summary>
    public IReadOnlyList<string> Errors() => [.. Read().Errors.Select(error => error.ToString().Replace($"{Root}/", "", StringComparison.Ordinal))];

    public string Text(string path) => File.ReadAllText(Full(path));

    public void Write(string path, string text = "")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }

    /// <summary>A version of a golden path, at a place below the folder.</summary>
    public void Offer(string place, string version, string rest = "", string text = "x")
    {
        Write($"{place}/template.yaml", $"name: {place.Split('/')[0]}\nversion: {version}\n{rest}");
        Write($"{place}/skeleton/a.txt", text);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

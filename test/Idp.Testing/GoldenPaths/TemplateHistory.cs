using System.Text;

namespace Idp.Testing.GoldenPaths;

/// <summary>Makes a golden path and its later versions; the same for the same seed.</summary>
/// <remarks>Among the files are long ones and short ones, one that can be run, one that is no text, an empty one and one that is laid once.</remarks>
public static class TemplateHistory
{
    /// <summary>The file that is laid once.</summary>
    public const string Once = "src/app/settings.txt";

    /// <summary>The file that is no text.</summary>
    public const string Bytes = "docs/logo.png";

    /// <summary>The file that can be run.</summary>
    public const string Script = "scripts/run.sh";

    private static readonly string[] Texts =
    [
        "README.md", "Makefile", "Dockerfile", ".github/workflows/ci.yaml", "src/app/main.txt", "src/app/routes.txt", "src/app/data.txt",
        "deploy/base/deployment.yaml", "deploy/base/service.yaml", "deploy/overlays/dev/kustomization.yaml", "docs/runbook.md", "catalog-info.yaml",
    ];

    /// <summary>Makes so many versions, 1.0.0 and those after it.</summary>
    public static IReadOnlyList<TemplateVersion> Make(int seed, int versions)
    {
        var random = new Random(seed);
        var made = new List<TemplateVersion> { First(random) };
        while (made.Count < versions)
        {
            made.Add(Next(made[^1], made.Count, random));
        }

        return made;
    }

    private static TemplateVersion First(Random random)
    {
        var files = Texts.ToDictionary(path => path, path => TemplateFile.Of(Lines(path, random.Next(14, 40))), StringComparer.Ordinal);
        files[".gitignore"] = TemplateFile.Of("bin/\nobj/\n");
        files["src/app/__init__.txt"] = TemplateFile.Of("");
        files[Script] = TemplateFile.Of(Lines(Script, 12), executable: true);
        files[Once] = TemplateFile.Of(Lines(Once, 12), once: true);
        files[Bytes] = new TemplateFile([0x89, 0x50, 0x4e, 0x47, 0, 1, 0xff]);
        return new TemplateVersion("1.0.0", files);
    }

    private static TemplateVersion Next(TemplateVersion last, int number, Random random)
    {
        var next = new TemplateVersion($"1.{number}.0", new Dictionary<string, TemplateFile>(last.Files, StringComparer.Ordinal));
        foreach (var (path, file) in last.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            next = next.With(path, Changed(path, file, number, random));
        }

        for (var added = random.Next(1, 3); added > 0; added--)
        {
            var path = $"src/added/in-{number}-{added}.txt";
            next = next.With(path, TemplateFile.Of(Lines(path, random.Next(12, 20))));
        }

        return next;
    }

    private static TemplateFile? Changed(string path, TemplateFile file, int number, Random random) => random.Next(10) switch
    {
        // One in ten goes, and as many change in their mode alone; of the others half change in what they hold.
        0 when path is not (Once or Bytes) => null,
        1 => file with { Executable = !file.Executable },
        < 6 => file with { Content = path == Bytes ? [.. file.Content, (byte)number, 0] : Changed(file.Content, number, random) },
        _ => file,
    };

    private static byte[] Changed(byte[] content, int number, Random random)
    {
        var lines = Encoding.UTF8.GetString(content).TrimEnd('\n').Split('\n').ToList();
        var at = random.Next(lines.Count);
        for (var length = random.Next(1, 4); length > 0 && at < lines.Count; length--, at++)
        {
            lines[at] = $"{lines[at].Split(" as of ")[0]} as of 1.{number}.0";
        }

        if (random.Next(3) == 0)
        {
            lines.Insert(Math.Min(at + 6, lines.Count), $"new in 1.{number}.0");
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    // No line is in two files, so that none is taken for another one that was moved.
    private static string Lines(string path, int count) => string.Concat(Enumerable.Range(1, count).Select(number => $"{path} has line {number}\n"));
}

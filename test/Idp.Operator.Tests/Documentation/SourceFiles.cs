using Idp.Sandbox.World;

namespace Idp.Operator.Tests.Documentation;

/// <summary>The repository's text files, built ones left out.</summary>
internal static class SourceFiles
{
    public static IEnumerable<(string Path, string Text)> In(params string[] folders) =>
        from folder in folders
        from path in Directory.EnumerateFiles(SandboxPaths.Below(folder), "*", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(SandboxPaths.Root, path)
        where Path.GetExtension(path) is ".cs" or ".sh" or ".md" or ".yaml" or ""
        where !relative.Split('/').Any(part => part is "obj" or "bin" or "artifacts" or "node_modules")
        select (relative, File.ReadAllText(path));
}

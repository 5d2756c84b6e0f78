namespace Idp.Operator.GoldenPaths;

/// <summary>Writes rendered files to disk, for people to look at.</summary>
internal static class RenderedFolder
{
    private const UnixFileMode Run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes files below a folder, which must be new or empty. Their paths are such as the renderer lets pass: none leads elsewhere.</summary>
    /// <exception cref="IOException">There is something already, or it cannot be written.</exception>
    public static void Write(string folder, IEnumerable<RenderedFile> files)
    {
        if (Path.Exists(folder) && (File.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new IOException($"{folder} is there already and not empty: take another folder, or remove it");
        }

        Directory.CreateDirectory(folder);
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content.ToArray());
            if (file.Executable && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | Run);
            }
        }
    }
}

namespace Idp.Operator.Tests.Settings;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    /// <summary>The full path of a file, from the repository's root.</summary>
    public static string File(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Idp.Operator.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, path);
    }
}

namespace Idp.GitHub;

/// <summary>Refuses scaffolds that Git cannot hold, before anything is sent. Pure.</summary>
internal static class ScaffoldRules
{
    public static void Check(Scaffold scaffold)
    {
        if (scaffold.Files.Count == 0)
        {
            throw GitHubNames.Invalid("a scaffold without files");
        }

        if (string.IsNullOrWhiteSpace(scaffold.Message))
        {
            throw GitHubNames.Invalid("a scaffold without a commit message");
        }

        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in scaffold.Files)
        {
            GitHubNames.CheckFilePath(file.Path);
            if (!files.Add(file.Path))
            {
                throw GitHubNames.Invalid($"the scaffold has {file.Path} twice");
            }
        }

        foreach (var path in files)
        {
            CheckFolders(path, files);
        }
    }

    private static void CheckFolders(string path, HashSet<string> files)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (files.Contains(path[..slash]))
            {
                throw GitHubNames.Invalid($"the scaffold has {path[..slash]} both as a file and as a folder");
            }
        }
    }
}

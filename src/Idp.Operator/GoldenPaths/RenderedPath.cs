namespace Idp.Operator.GoldenPaths;

/// <summary>Which paths a golden path may write in a repository.</summary>
internal static class RenderedPath
{
    /// <summary>What is wrong with a path, as the end of a sentence; null if nothing is.</summary>
    public static string? Problem(string path)
    {
        if (path.Length is 0 or > 512 || path.Any(c => char.IsControl(c) || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|'))
        {
            return "is not a path that every file system takes";
        }

        var parts = path.Split('/');
        if (parts.Any(part => part is "" or "." or ".." || part.EndsWith('.') || part.EndsWith(' ') || part.StartsWith(' ')))
        {
            return "has a part that is empty, that climbs, or that begins or ends with a blank";
        }

        if (parts.Any(part => part.Equals(".git", StringComparison.OrdinalIgnoreCase)))
        {
            return "reaches into Git's own folder";
        }

        return parts[0].Equals(".idp", StringComparison.OrdinalIgnoreCase) ? "reaches into .idp, which is the operator's" : null;
    }
}

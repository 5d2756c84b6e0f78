namespace Idp.Sandbox.Demo;

/// <summary>The folder of one run: the one that was named, else a temporary one that goes when all went well.</summary>
internal static class WorkFolder
{
    /// <summary>Does the work with the folder.</summary>
    /// <param name="named">The folder that was asked for; it always stays.</param>
    /// <param name="keep">Whether a temporary one stays.</param>
    /// <param name="work">The work; 0 means that all went well.</param>
    public static async Task<int> UseAsync(string? named, bool keep, Func<string, Task<int>> work)
    {
        var folder = named is null
            ? Directory.CreateTempSubdirectory("idp-sandbox-").FullName
            : Directory.CreateDirectory(named).FullName;
        var result = await work(folder);
        if (named is null && !keep && result == 0)
        {
            Directory.Delete(folder, recursive: true);
        }

        return result;
    }
}

namespace Idp.GitHub.Tests;

/// <summary>The request log of a world's server.</summary>
internal static class Logs
{
    public static async Task<string> ReadAsync(World world)
    {
        using var file = new FileStream(
            Path.Combine(world.Folder, "data", "requests.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }
}

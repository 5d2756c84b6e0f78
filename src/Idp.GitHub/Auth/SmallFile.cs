namespace Idp.GitHub;

/// <summary>A file that holds a credential: read whole, but never more than one can be.</summary>
internal static class SmallFile
{
    /// <summary>The most that a token or a key may be, in bytes.</summary>
    public const int Limit = 64 * 1024;

    /// <summary>Returns the text, or null where the file is larger than the limit.</summary>
    public static string? ReadText(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        var bytes = new byte[Limit + 1];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read > Limit)
        {
            return null;
        }

        using var text = new StreamReader(new MemoryStream(bytes, 0, read));
        return text.ReadToEnd();
    }
}

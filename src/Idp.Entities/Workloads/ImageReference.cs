namespace Idp.Entities;

/// <summary>Reads image references.</summary>
/// <remarks>https://github.com/distribution/reference/blob/main/reference.go has the grammar.</remarks>
public static class ImageReference
{
    /// <summary>Whether the reference says which version: by a tag or by a digest.</summary>
    public static bool IsPinned(string image) => VersionAt(image) >= 0;

    /// <summary>The reference without tag and digest.</summary>
    public static string WithoutVersion(string image) => VersionAt(image) is var at and >= 0 ? image[..at] : image;

    private static int VersionAt(string image)
    {
        var digest = image.IndexOf('@', StringComparison.Ordinal);

        // A colon before the last slash belongs to the registry's port.
        var tag = image.IndexOf(':', image.LastIndexOf('/') + 1);
        return (digest, tag) switch
        {
            ( < 0, _) => tag,
            (_, < 0) => digest,
            _ => Math.Min(digest, tag),
        };
    }
}

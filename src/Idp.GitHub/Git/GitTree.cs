using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Idp.GitHub;

/// <summary>
/// Computes the SHA that Git gives to a set of files, so that a finished scaffold is known without a write.
/// </summary>
/// <remarks>See https://git-scm.com/book/en/v2/Git-Internals-Git-Objects.</remarks>
internal static class GitTree
{
    public static string Sha(IEnumerable<RepositoryFile> files) =>
        Convert.ToHexStringLower(Hash([.. files.Select(file => (file.Path.Split('/'), file))], depth: 0));

    private static byte[] Hash(List<(string[] Parts, RepositoryFile File)> files, int depth)
    {
        var entries = from entry in files
                      group entry by entry.Parts[depth] into named
                      let isFolder = named.First().Parts.Length > depth + 1
                      let key = isFolder ? $"{named.Key}/" : named.Key
                      select (Key: key, Bytes: Entry(named.Key, [.. named], isFolder, depth));
        var body = new ArrayBufferWriter<byte>();
        foreach (var (_, bytes) in entries.OrderBy(entry => Encoding.UTF8.GetBytes(entry.Key), ByteOrder))
        {
            body.Write(bytes);
        }

        return Object("tree", body.WrittenSpan);
    }

    private static byte[] Entry(string name, List<(string[], RepositoryFile File)> files, bool isFolder, int depth)
    {
        var file = files[0].File;
        var mode = isFolder ? "40000" : file.Executable ? "100755" : "100644";
        var sha = isFolder ? Hash(files, depth + 1) : Object("blob", file.Content.Span);
        return [.. Encoding.UTF8.GetBytes($"{mode} {name}\0"), .. sha];
    }

    [SuppressMessage("Security", "CA5350", Justification = "Git names its objects so; nothing is protected by it.")]
    private static byte[] Object(string type, ReadOnlySpan<byte> body)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type} {body.Length}\0"));
        return SHA1.HashData([.. head, .. body]);
    }

    private static readonly Comparer<byte[]> ByteOrder =
        Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));
}

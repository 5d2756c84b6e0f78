using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>An object of a repository.</summary>
internal sealed record GitObject(string Sha, string Type, byte[] Content)
{
    /// <summary>The object with the name that Git gives it.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "Git names its objects so; nothing is protected by it.")]
    public static GitObject Of(string type, byte[] content) => new(
        Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"{type} {content.Length}\0"), .. content])), type, content);
}

/// <summary>A line of a tree.</summary>
internal sealed record GitTreeEntry(string Path, string Mode, string Type, string Sha, long? Size = null);

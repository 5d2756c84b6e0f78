using System.Security.Cryptography;
using Idp.Sandbox.World;

namespace Idp.Testing;

/// <summary>What <c>hack/contract.sh</c> installed, if it could.</summary>
public static class ContractTools
{
    private static readonly string Folder = SandboxPaths.Cache("contract", Key());

    /// <summary>Whether it could; else nothing can be compared here.</summary>
    public static bool AreInstalled { get; } = File.Exists(Description);

    /// <summary>The part of GitHub's OpenAPI description that matters here.</summary>
    public static string Description => Path.Combine(Folder, "description.json");

    /// <summary>A file of one of the packages.</summary>
    public static string Package(params string[] parts) => Path.Combine([Folder, "node_modules", .. parts]);

    // As hack/contract.sh computes it.
    private static string Key()
    {
        var recipe = SandboxPaths.Below("hack", "contract");
        byte[] files = [.. File.ReadAllBytes(Path.Combine(recipe, "package-lock.json")), .. File.ReadAllBytes(Path.Combine(recipe, "slim.mjs"))];
        return Convert.ToHexStringLower(SHA256.HashData(files))[..16];
    }
}

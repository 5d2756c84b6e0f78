using System.Security.Cryptography;
using System.Text;

namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>What a repository is rendered for: a change of it, and nothing else, makes an update due.</summary>
/// <param name="Template">The golden path's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Parameters">The parameters, defaults filled in.</param>
/// <param name="Environments">The names of the environments, in their order.</param>
/// <param name="Database">The type of the database; empty without one.</param>
/// <remarks>
/// Not everything that a file is rendered from is in it: replicas, hosts and descriptions reach the workload without a commit, and nobody
/// wants a pull request for each of them. They come along with the next update.
/// </remarks>
public sealed record RenderedFor(
    string Template, string Version, IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<string> Environments, string Database = "")
{
    private const int Digits = 16;

    /// <summary>A short hash of the parameters, the environments and the database.</summary>
    public string Inputs { get; } = Hash(Parameters, Environments, Database);

    private static string Hash(IReadOnlyDictionary<string, string> parameters, IReadOnlyList<string> environments, string database)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append('\0').Append(value).Append('\0');
        }

        text.Append('\n').AppendJoin('\0', environments).Append('\n').Append(database);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];
    }
}

using System.Security.Cryptography;
using System.Text;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The names of what an environment is made of; docs/decisions/0008-environments.md lists them.</summary>
internal sealed class ChildNames(Target target)
{
    /// <summary>The Secret, and the ExternalSecret that makes it, by which the namespace's images are pulled.</summary>
    public const string PullSecret = "idp-image-pull";

    private const int MaxLength = 63;

    /// <summary>The Secret, and the ExternalSecret that makes it, of the application's own secrets.</summary>
    public string Secrets => $"{target.Application}-secrets";

    /// <summary>The database: the Cluster or ExternalSecret that brings it, and SchemaHero's Database.</summary>
    public string Database => $"{target.Application}-db";

    /// <summary>The Secret that holds the database's address under <c>uri</c>.</summary>
    public string DatabaseSecret => target.Settings.Database.Provider == DatabaseProvider.CloudNativePG
        ? $"{Database}-app"
        : Database;

    /// <summary>The Application, in the namespace that Argo CD reads.</summary>
    public ObjectKey Application => new(target.Settings.ArgoCd.Namespace, target.Namespace);

    /// <summary>The Table of one table.</summary>
    public string TableOf(string table) => Fit($"{target.Application}-{table.Replace('_', '-')}", table);

    /// <summary>The RoleBinding of one group.</summary>
    public static string BindingOf(AccessRole role, string group)
    {
        var plain = new string([.. group.Select(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) ? letter : '-')]);
        var name = $"idp-{role.ToString().ToLowerInvariant()}-{plain.Trim('-')}";
        return plain.Trim('-') == group ? Fit(name, group) : Shorten(name, group);
    }

    private static string Fit(string name, string source) => name.Length <= MaxLength ? name : Shorten(name, source);

    /// <summary>Cuts a name and adds a hash of what it stands for, so that two of them cannot meet.</summary>
    private static string Shorten(string name, string source)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..8];
        return $"{name[..Math.Min(name.Length, MaxLength - hash.Length - 1)].TrimEnd('-')}-{hash}";
    }
}

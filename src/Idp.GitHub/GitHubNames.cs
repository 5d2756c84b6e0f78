using System.Text.RegularExpressions;

namespace Idp.GitHub;

/// <summary>Refuses names that GitHub or Git would not allow, before they reach the wire, and escapes what becomes part of an address.</summary>
internal static partial class GitHubNames
{
    private const string References = "refs/";

    /// <summary>Refuses what is no organisation or user.</summary>
    public static void CheckOwner(string owner) => Require(OwnerName().IsMatch(owner), owner, "the name of an organisation or user");

    /// <summary>Refuses what is no repository.</summary>
    public static void CheckRepository(string owner, string name)
    {
        CheckOwner(owner);
        var isReserved = name is "." or ".." || name.EndsWith(".git", StringComparison.OrdinalIgnoreCase);
        Require(!isReserved && RepositoryName().IsMatch(name), name, "the name of a repository");
    }

    /// <summary>Refuses what is no repository.</summary>
    public static void Check(Repository repository) => CheckRepository(repository.Owner, repository.Name);

    /// <summary>Refuses what GitHub never gives as a number.</summary>
    public static void CheckId(long id, string what)
    {
        if (id <= 0)
        {
            throw Invalid($"{id} is not the number of {what}");
        }
    }

    /// <summary>Refuses what is no team's slug.</summary>
    public static void CheckTeam(string slug) => Require(Slug().IsMatch(slug), slug, "the slug of a team");

    /// <summary>Refuses what is no name of an environment.</summary>
    public static void CheckEnvironment(string name) =>
        Require(name.Length is > 0 and <= 255 && name is not ("." or "..") && !name.Any(char.IsControl), name, "the name of an environment");

    /// <summary>Refuses what is no name of a variable.</summary>
    public static void CheckVariable(string name) => Require(VariableName().IsMatch(name), name, "the name of a variable");

    /// <summary>Refuses paths that Git or GitHub would refuse, or that mean another place.</summary>
    public static void CheckFilePath(string path)
    {
        var refused = path.Length is 0 or > 4096
            || path.Any(char.IsControl)
            || path.Contains('\\', StringComparison.Ordinal)
            || path.Split('/').Any(
                part => part is "" or "." or ".." || part.Equals(".git", StringComparison.OrdinalIgnoreCase));
        Require(!refused, path, "the path of a file in a repository");
    }

    /// <summary>Refuses branch names that <c>git check-ref-format</c> refuses.</summary>
    public static void CheckBranch(string branch)
    {
        var refused = branch.Length is 0 or > 255
            || branch.Any(
                character => char.IsControl(character) || " ~^:?*[\\".Contains(character, StringComparison.Ordinal))
            || branch is "@" || branch[0] == '-'
            || branch.Contains("..", StringComparison.Ordinal) || branch.Contains("@{", StringComparison.Ordinal)
            || branch.EndsWith('.')
            || branch.Split('/').Any(
                part => part.Length == 0 || part[0] == '.' || part.EndsWith(".lock", StringComparison.Ordinal));
        Require(!refused, branch, "the name of a branch");
    }

    /// <summary>Refuses what is no full name of a reference.</summary>
    public static void CheckReference(string reference)
    {
        var isBelow = reference.StartsWith(References, StringComparison.Ordinal) && reference.LastIndexOf('/') >= References.Length;
        Require(isBelow, reference, "the full name of a reference");
        CheckBranch(reference);
    }

    /// <summary>Refuses what is no reference of our own: neither a branch nor a tag, nor one that GitHub keeps for itself.</summary>
    public static void CheckHiddenReference(string reference)
    {
        CheckReference(reference);
        Require(reference.Split('/')[1] is not ("heads" or "tags" or "pull" or "remotes"), reference, "the full name of a hidden reference");
    }

    /// <summary>Refuses what is no SHA of an object.</summary>
    public static void CheckSha(string sha) => Require(sha.Length is 40 or 64 && sha.All(char.IsAsciiHexDigitLower), sha, "the SHA of an object");

    /// <summary>Says what is refused.</summary>
    public static GitHubValidationException Invalid(string what) =>
        new(new GitHubFailure { Message = $"GitHub was not asked: {Redaction.Redact(what)}." });

    private static void Require(bool isValid, string value, string what)
    {
        if (!isValid)
        {
            throw Invalid($"\"{value}\" is not {what}");
        }
    }

    // The underscore is for managed users, whose names end in _SHORTCODE.
    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9_]|-(?=[A-Za-z0-9])){0,38}\z", RegexOptions.CultureInvariant)]
    private static partial Regex OwnerName();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryName();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();
}

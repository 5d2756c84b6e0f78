using System.Text.RegularExpressions;

namespace Idp.GitHub;

/// <summary>Builds the paths of requests; names that GitHub would not allow never reach the wire.</summary>
internal static partial class GitHubPath
{
    public static string Repository(string owner, string name)
    {
        CheckOwner(owner);
        CheckName(name);
        return $"repos/{owner}/{name}";
    }

    public static string Repository(long id) =>
        id > 0 ? $"repositories/{id}" : throw Invalid($"{id} is not the number of a repository");

    public static string OrganisationRepositories(string organisation, string name)
    {
        CheckName(name);
        return $"{Organisation(organisation)}/repos";
    }

    /// <summary>The path of making a repository of that owner and name from a template.</summary>
    public static string Generate(string templateOwner, string templateName, string owner, string name)
    {
        CheckOwner(owner);
        CheckName(name);
        return $"{Repository(templateOwner, templateName)}/generate";
    }

    public static string Organisation(string organisation)
    {
        CheckOwner(organisation);
        return $"orgs/{organisation}";
    }

    public static string OrganisationInstallation(string organisation)
    {
        CheckOwner(organisation);
        return $"orgs/{organisation}/installation";
    }

    public static string UserInstallation(string user)
    {
        CheckOwner(user);
        return $"users/{user}/installation";
    }

    public static string InstallationTokens(long id) =>
        id > 0 ? $"app/installations/{id}/access_tokens" : throw Invalid($"{id} is not the number of an installation");

    /// <summary>
    /// The path of <c>{kind}/{branch}</c> below the repository, with the slashes of the branch escaped.
    /// </summary>
    public static string Branch(Repository repository, string kind, string branch)
    {
        CheckBranch(branch);
        return $"{Repository(repository.Owner, repository.Name)}/git/{kind}/{Uri.EscapeDataString($"heads/{branch}")}";
    }

    /// <summary>The path of the last commit of a branch.</summary>
    public static string Commit(Repository repository, string branch)
    {
        CheckBranch(branch);
        return $"{Repository(repository.Owner, repository.Name)}/commits/{Uri.EscapeDataString($"heads/{branch}")}";
    }

    public static string Contents(Repository repository, string path, string? reference)
    {
        CheckFilePath(path);
        var query = reference is null ? "" : $"?ref={Uri.EscapeDataString(reference)}";
        return $"{Repository(repository.Owner, repository.Name)}/contents/{Uri.EscapeDataString(path)}{query}";
    }

    public static string Git(Repository repository, string kind) =>
        $"{Repository(repository.Owner, repository.Name)}/git/{kind}";

    public static string Git(Repository repository, string kind, string sha) => ShaName().IsMatch(sha)
        ? $"{Git(repository, kind)}/{sha}"
        : throw Invalid($"\"{sha}\" is not the SHA of a Git object");

    /// <summary>Refuses paths that Git or GitHub would refuse, or that mean another place.</summary>
    public static void CheckFilePath(string path)
    {
        var refused = path.Length is 0 or > 4096
            || path.Any(char.IsControl)
            || path.Contains('\\', StringComparison.Ordinal)
            || path.Split('/').Any(
                part => part is "" or "." or ".." || part.Equals(".git", StringComparison.OrdinalIgnoreCase));
        if (refused)
        {
            throw Invalid($"\"{path}\" is not the path of a file in a repository");
        }
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
        if (refused)
        {
            throw Invalid($"\"{branch}\" is not the name of a branch");
        }
    }

    public static GitHubValidationException Invalid(string what) =>
        new(new GitHubFailure { Message = $"GitHub was not asked: {Redaction.Redact(what)}." });

    private static void CheckOwner(string owner)
    {
        if (!OwnerName().IsMatch(owner))
        {
            throw Invalid($"\"{owner}\" is not the name of an organisation or user");
        }
    }

    private static void CheckName(string name)
    {
        var isReserved = name is "." or ".." || name.EndsWith(".git", StringComparison.OrdinalIgnoreCase);
        if (isReserved || !RepositoryName().IsMatch(name))
        {
            throw Invalid($"\"{name}\" is not the name of a repository");
        }
    }

    // The underscore is for managed users, whose names end in _SHORTCODE.
    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9_]|-(?=[A-Za-z0-9])){0,38}\z", RegexOptions.CultureInvariant)]
    private static partial Regex OwnerName();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryName();

    [GeneratedRegex(@"\A([0-9a-f]{40}|[0-9a-f]{64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex ShaName();
}

using System.Text.RegularExpressions;

namespace Idp.GitHub;

/// <summary>Builds the paths of <see cref="RepositoryAdministration"/>; names that GitHub would not allow never reach the wire.</summary>
internal static partial class AdministrationPath
{
    public static string Below(Repository repository, string tail) =>
        $"{GitHubPath.Repository(repository.Owner, repository.Name)}/{tail}";

    public static string Page(Repository repository, string tail, int size, int page) =>
        $"{Below(repository, tail)}{(tail.Contains('?', StringComparison.Ordinal) ? '&' : '?')}per_page={size}&page={page}";

    public static string Team(string organisation, string slug)
    {
        if (!Slug().IsMatch(slug))
        {
            throw GitHubPath.Invalid($"\"{slug}\" is not the slug of a team");
        }

        return $"{GitHubPath.Organisation(organisation)}/teams/{slug}";
    }

    public static string Team(Repository repository, string slug) =>
        $"{Team(repository.Owner, slug)}/{GitHubPath.Repository(repository.Owner, repository.Name)}";

    public static string Environment(Repository repository, string name)
    {
        if (name.Length is 0 or > 255 || name is "." or ".." || name.Any(char.IsControl))
        {
            throw GitHubPath.Invalid($"\"{name}\" is not the name of an environment");
        }

        return Below(repository, $"environments/{Uri.EscapeDataString(name)}");
    }

    public static string Variable(Repository repository, string name)
    {
        CheckVariable(name);
        return Below(repository, $"actions/variables/{name}");
    }

    public static void CheckVariable(string name)
    {
        if (!VariableName().IsMatch(name))
        {
            throw GitHubPath.Invalid($"\"{name}\" is not the name of a variable");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();
}

using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>What the rulesets of a repository say to a push. Pure, but for the question what follows what.</summary>
/// <remarks>See https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets.</remarks>
internal static class BranchRules
{
    /// <summary>How Git is told that a ref was not moved because of a rule.</summary>
    public const string Declined = "push declined due to repository rule violations";

    /// <summary>Why a ref may not be moved, in GitHub's words; empty where it may.</summary>
    public static string Refuse(StoredRepository repository, PushCommand command, bool isApp)
    {
        var rules = from ruleset in repository.State.Administration.Rulesets
                    where ruleset is { Enforcement: "active", Target: "branch" } && Covers(ruleset, command.Name, repository.State.DefaultBranch)
                    where !(isApp && ruleset.BypassActors.Any(actor => actor?["actor_type"]?.ToString() == "Integration"))
                    from rule in ruleset.Rules
                    select rule?["type"]?.ToString();
        var broken = rules.Select(rule => Broken(rule, repository.Git, command)).OfType<string>().Distinct().ToList();
        return broken.Count == 0 ? "" : Words(command, broken);
    }

    /// <summary>What people read of the rules that a push breaks.</summary>
    public static string Words(PushCommand command, IEnumerable<string> broken) =>
        $"error: GH013: Repository rule violations found for {command.Name}.\n\n{string.Concat(broken.Select(each => $"- {each}\n"))}\n";

    private static string? Broken(string? rule, GitRepository git, PushCommand command) => rule switch
    {
        "creation" when command.Old == GitRepository.NoSha => "Cannot create ref due to creations being restricted.",
        "deletion" when command.New == GitRepository.NoSha => "Cannot delete this branch",
        "update" when IsUpdate(command) => "Cannot update this protected ref.",
        "pull_request" when IsUpdate(command) => "Changes must be made through a pull request.",
        "non_fast_forward" when IsUpdate(command) && !git.IsAncestor(command.Old, command.New) => "Cannot force-push to this branch",
        _ => null,
    };

    private static bool IsUpdate(PushCommand command) => command.Old != GitRepository.NoSha && command.New != GitRepository.NoSha;

    private static bool Covers(StoredRuleset ruleset, string name, string defaultBranch)
    {
        var included = Patterns(ruleset, "include");
        return Patterns(ruleset, "exclude").All(pattern => !Names(pattern, name, defaultBranch))
            && included.Any(pattern => Names(pattern, name, defaultBranch));
    }

    private static IEnumerable<string> Patterns(StoredRuleset ruleset, string kind) =>
        (ruleset.Conditions?["ref_name"]?[kind] as JsonArray ?? []).Select(pattern => $"{pattern}");

    private static bool Names(string pattern, string name, string defaultBranch) => pattern switch
    {
        "~ALL" => true,
        "~DEFAULT_BRANCH" => name == $"refs/heads/{defaultBranch}",
        _ => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false),
    };
}
